using Apc.ControlPlane.Api.Common.Mail;
using Apc.ControlPlane.Api.Tests.Fleet.DataPlane;
using Apc.TestKit;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Tests.Common.Mail;

public sealed class SmtpSenderTests
{
    private static readonly OutgoingMail Hello = new("ada@example.com", $"Hello", $"Dear Ada,\n\nGrüße\n.\n");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_arrives_as_it_was_written()
    {
        await using var server = new MailServer();

        await Sender(server).SendAsync(Hello, Cancelled);

        var mail = await server.NextAsync(Cancelled);
        var headers = mail.Message.Headers.Concat(mail.Message.Body!.Headers).Select(header => $"{header.Field}: {header.Value}").ToArray();
        Assert.Equal(("platform@example.org", "ada@example.com", "Dear Ada,\n\nGrüße\n.\n"), (mail.From, mail.To, mail.Text));
        Assert.Equal(
            [
                "From: platform@example.org", "Date: Thu, 01 Jan 2026 12:00:00 +0000", "Subject: Hello", "To: ada@example.com",
                "Auto-Submitted: auto-generated", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64",
            ],
            headers.Where(h => !h.StartsWith("Message-Id", StringComparison.Ordinal)));
        Assert.Matches("^Message-Id: <[0-9a-f]{32}@example.org>$", headers[3]);
        Assert.False(mail.WasEncrypted);
    }

    [Theory]
    [InlineData(SmtpSecurity.StartTls, false)]
    [InlineData(SmtpSecurity.Tls, true)]
    public async Task A_mail_goes_over_TLS(SmtpSecurity security, bool fromStart)
    {
        using var certificates = new TestCertificates();
        await using var server = new MailServer(certificates.Issue("localhost"), fromStart) { Authentication = "PLAIN LOGIN" };

        await Sender(new SmtpOptions
        {
            Host = "localhost",
            Port = server.Port,
            From = "platform@example.org",
            Security = security,
            TrustedAuthorities = certificates.PemFile,
            User = "platform",
            Password = "s3cret",
        }).SendAsync(Hello, Cancelled);

        var mail = await server.NextAsync(Cancelled);
        Assert.Equal((true, "platform s3cret"), (mail.WasEncrypted, mail.SignedInAs));
    }

    [Theory]
    [InlineData("localhost", false, "RemoteCertificateChainErrors, UntrustedRoot")]
    [InlineData("mail.example.org", true, "RemoteCertificateNameMismatch")]
    public async Task A_server_whose_certificate_nobody_vouches_for_gets_nothing(string name, bool isIssued, string why)
    {
        using var certificates = new TestCertificates();
        await using var server = new MailServer(isIssued ? certificates.Issue(name) : TestCertificates.SelfSigned(name));

        var failure = await FailAsync(Sender(new SmtpOptions
        {
            Host = "localhost",
            Port = server.Port,
            From = "platform@example.org",
            TrustedAuthorities = certificates.PemFile,
        }));

        Assert.Equal(($"TLS failed: the certificate is not trusted ({why})", true), (failure.Message, failure.MayPass));
        Assert.Equal(0, server.Waiting);
    }

    [Fact]
    public async Task A_server_that_does_not_offer_TLS_gets_nothing_where_it_is_wanted()
    {
        await using var server = new MailServer();

        var failure = await FailAsync(Sender(new SmtpOptions { Host = "127.0.0.1", Port = server.Port, From = "platform@example.org" }));

        Assert.Equal(("The SMTP server does not support the STARTTLS extension", false), (failure.Message, failure.MayPass));
    }

    [Theory]
    [InlineData("LOGIN")]
    [InlineData("PLAIN LOGIN")]
    public async Task It_signs_in_the_way_that_the_server_offers(string ways)
    {
        await using var server = new MailServer { Authentication = ways };

        await Sender(server, user: "platform").SendAsync(Hello, Cancelled);

        Assert.Equal("platform s3cret", (await server.NextAsync(Cancelled)).SignedInAs);
    }

    [Theory]
    [InlineData(MailFault.Refuse, "the server answered 550 (no such mailbox) to RCPT TO", false)]
    [InlineData(MailFault.RefuseForNow, "the server answered 451 (come back later) to RCPT TO", true)]
    [InlineData(MailFault.RefuseContent, "the server answered 554 to the mail", false)]
    [InlineData(MailFault.RefuseSignIn, "the server answered 535 to AUTH", false)]
    [InlineData(MailFault.Close, "the server closed the connection, or is no SMTP server", true)]
    [InlineData(MailFault.Hang, "the server took longer than Smtp:Timeout (00:00:00.2000000)", true)]
    public async Task What_goes_wrong_is_told_without_a_word_of_the_mail(MailFault fault, string message, bool mayPass)
    {
        await using var server = new MailServer { Authentication = "PLAIN" };
        server.Fail(fault);

        var failure = await FailAsync(Sender(server, user: "platform", timeout: fault is MailFault.Hang ? TimeSpan.FromMilliseconds(200) : null));

        Assert.Equal((message, mayPass), (failure.Message, failure.MayPass));
    }

    [Fact]
    public async Task Nobody_who_listens_may_pass()
    {
        var server = new MailServer();
        var sender = Sender(server);
        await server.DisposeAsync();

        var failure = await FailAsync(sender);

        Assert.Equal(("the connection failed: Connection refused", true), (failure.Message, failure.MayPass));
    }

    [Theory]
    [InlineData("a>b@example.com", "the address has characters that mail servers do not take")]
    [InlineData("a@example.com>\r\nRCPT TO:<b@example.com", "the address has characters that mail servers do not take")]
    [InlineData("a,b@example.com", "the address has characters that mail servers do not take")]
    [InlineData("grüße@example.com", "the server does not take addresses beyond ASCII")]
    public async Task An_address_that_would_change_the_command_is_not_sent(string address, string message)
    {
        await using var server = new MailServer();

        var failure = await Assert.ThrowsAsync<MailFailedException>(() => Sender(server).SendAsync(new OutgoingMail(address, $"x", $"y"), Cancelled));

        Assert.Equal((message, false, 0), (failure.Message, failure.MayPass, server.Waiting));
    }

    private static Task<MailFailedException> FailAsync(SmtpSender sender) => Assert.ThrowsAsync<MailFailedException>(() => sender.SendAsync(Hello, Cancelled));

    private static SmtpSender Sender(MailServer server, string? user = null, TimeSpan? timeout = null) => Sender(new SmtpOptions
    {
        Host = "127.0.0.1",
        Port = server.Port,
        From = "platform@example.org",
        Security = SmtpSecurity.None,
        User = user,
        Password = user is null ? null : "s3cret",
        Timeout = timeout ?? TimeSpan.FromSeconds(10),
    });

    private static SmtpSender Sender(SmtpOptions options) => new(Options.Create(options), new StoppedCalendar());

    /// <summary>Always the same day, while timers go on.</summary>
    private sealed class StoppedCalendar : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    }
}

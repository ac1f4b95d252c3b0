using System.Reflection;
using System.Text.RegularExpressions;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Common.Mail;
using Apc.ControlPlane.Api.Common.Settings;
using Apc.ControlPlane.Api.Identity.Invitations;
using Apc.ControlPlane.Api.Identity.SignIn.Links;
using Apc.ControlPlane.Domain.Users;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Apc.ControlPlane.Api.Tests.Common.Mail;

/// <summary>What people call themselves and their workspaces makes neither lines nor links in mails to others.</summary>
public sealed partial class MailTextTests
{
    private const string Platform = "https://houston.example.com";
    private const string Benign = "benign";

    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> HostileTexts() =>
    [
        "http://evil.example", "https://evil.example/path?x=1#y", "HTTPS://EVIL.EXAMPLE", "evil.example", "www.evil.example", "evil。example", "evil．example", "evil｡example",
        "//evil.example", "ftp://evil.example", "mailto:eve@evil.example", "eve@evil.example", "javascript:alert(1)", "tel:+15550100", "evil․example", "evil%2Eexample",
        "xn--evl-yma.example", "http:evil.example", "h​ttps://evil.example", "evil.exam\u00ADple", "Open https://evil.example now", "(https://evil.example)",
        "<a href=\"https://evil.example\">click</a>", "<https://evil.example>", "[click](https://evil.example)", "<script>alert(1)</script>", "&lt;a&gt;", "**bold** _it_ `code`",
        "one\ntwo", "one\r\ntwo", "one\rtwo", "one\u2028two", "one\u2029two", "one\u0085two", "one\u000Btwo", "one\u000Ctwo", "one\ttwo", "one\0two",
        "x\r\nBcc: victim@example.com", "x\nSubject: You won", "x\r\n\r\nNew body", ".\r\nMAIL FROM:<eve@evil.example>", "=?utf-8?B?aHR0cDovL2V2aWw=?=",
        "\u202Eelpmaxe.live", "\"; evil.example", "data\" at https://evil.example. Ignore \"", new string('x', 10_000), "\ud800", "", "   ",
        "𝗲𝘃𝗶𝗹.example", "ｈｔｔｐｓ：／／ｅｖｉｌ．ｅｘａｍｐｌｅ", "١٢٧.٠.٠.١", "127.0.0.1", "[::1]", "0x7f000001/", "evil.example:8080", "a@b",
    ];

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void No_text_of_people_makes_a_line_or_a_link_in_any_mail(string hostile)
    {
        foreach (var write in Writers())
        {
            var (expected, actual) = (Read(write(Benign)), Read(write(hostile)));

            Assert.Equal(Links(expected.TextBody), Links(actual.TextBody));
            Assert.Equal(Shape(expected.TextBody), Shape(actual.TextBody));
            Assert.Equal(Headers(expected), Headers(actual));
        }
    }

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void No_text_of_people_makes_a_header(string hostile)
    {
        var mail = new OutgoingMail("ada@example.com", $"You are invited to {hostile}", $"x");
        var message = Read(mail);

        Assert.Equal(
            ["Auto-Submitted", "Content-Transfer-Encoding", "Content-Type", "Date", "From", "MIME-Version", "Message-Id", "Subject", "To"],
            Headers(message).Order(StringComparer.Ordinal));
        Assert.All(Source(mail), octet => Assert.True(octet is (byte)'\r' or (byte)'\n' or (byte)'\t' or (>= (byte)' ' and <= (byte)'~')));
        Assert.Empty(Links(message.Subject));
    }

    [Theory]
    [InlineData("Data Science", "Data Science")]
    [InlineData("Données d'été 2", "Données d'été 2")]
    [InlineData("Étude – Müller & Söhne (EU)", "Étude Müller Söhne EU")]
    [InlineData("東京 チーム", "東京 チーム")]
    [InlineData("हिन्दी", "हिन्दी")]
    [InlineData("evil.example", "evil example")]
    public void Words_stay_readable(string label, string expected) => Assert.Equal(expected, Text($"{label}"));

    [Fact]
    public void A_link_that_would_end_early_is_none()
        => Assert.All(
            new[] { "https://a b", "https://a\nb", "https://a>b", "https://a\u0000" }, address => Assert.Throws<ArgumentException>(() => new MailLink(address)));

    [Fact]
    public void All_mails_of_the_product_are_among_those_that_are_walked()
        => Assert.Equal(
            ["AlreadyKnown", "Confirmation", "Reset", "UsernameTaken", "Write"],
            typeof(OutgoingMail).Assembly.GetTypes()
                .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly))
                .Where(method => method.ReturnType == typeof(OutgoingMail))
                .Select(method => method.Name)
                .Order());

    /// <summary>Every mail, with a text of people in every place that it has for one.</summary>
    private static IEnumerable<Func<string, OutgoingMail>> Writers()
    {
        var links = new LinkMails(Options.Create(new PlatformOptions { PublicUrl = Platform }));
        var token = OneTimeToken.Make();
        var link = new UserLink { TokenHash = token.Hash, UserId = Guid.Empty, Purpose = UserLinkPurpose.ResetPassword, CreatedAt = Noon, ExpiresAt = Noon };
        var invitation = new Invitation { Id = Guid.Empty, Email = "ada@example.com", TokenHash = token.Hash, Mailed = true, CreatedAt = Noon, ExpiresAt = Noon };

        yield return _ => links.Confirmation("ada@example.com", link, token);
        yield return _ => links.Reset("ada@example.com", link, token);
        yield return _ => links.AlreadyKnown("ada@example.com");
        yield return _ => links.UsernameTaken("ada@example.com");
        yield return _ => InvitationMail.Write(invitation, null, token, Platform);
        yield return text => InvitationMail.Write(invitation, new InvitedWorkspace(Guid.Empty, text), token, Platform);
        yield return text => new OutgoingMail("ada@example.com", $"{text} invites you to {text}", $"Hello {text},\n\n{text}\n\n{new MailLink(Platform)}\n");
    }

    private static byte[] Source(OutgoingMail mail)
    {
        using var source = new MemoryStream();
        mail.ToMessage("platform@example.org", Noon, Guid.Empty).WriteTo(source);
        return source.ToArray();
    }

    // As a program that shows mails reads it.
    private static MimeMessage Read(OutgoingMail mail) => MimeMessage.Load(new MemoryStream(Source(mail)));

    private static IEnumerable<string> Headers(MimeMessage message) => message.Headers.Concat(message.Body!.Headers).Select(header => header.Field);

    private static string[] Links(string? text) => [.. LinkLike().Matches(text!).Select(match => match.Value)];

    // How many lines there are, and which of them are empty.
    private static string Shape(string? body) => string.Concat(LineEnd().Split(body!).Select(line => string.IsNullOrWhiteSpace(line) ? "-" : "x"));

    private static string Text(MailText text) => text.ToString();

    // What programs that show mails make links of, and more: anything with a scheme, an @, or something on both sides of a dot of whatever script.
    [GeneratedRegex(@"\S*(://|@|www\.|\S[.。．｡․]\S)\S*", RegexOptions.IgnoreCase)]
    private static partial Regex LinkLike();

    [GeneratedRegex(@"\r\n|[\r\n\v\f\u0085\u2028\u2029]")]
    private static partial Regex LineEnd();
}

using System.Buffers;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.ComponentModel;
using SmtpServer.Mail;
using SmtpServer.Net;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Apc.TestKit;

/// <summary>A mail server on a free port of this machine. It keeps the mails that it takes, and misbehaves when told to.</summary>
public sealed class MailServer : IAsyncDisposable
{
    private const string SignedInAs = "signedInAs";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<ReceivedMail> _mails = Channel.CreateUnbounded<ReceivedMail>();
    private readonly Queue<MailFault> _faults = new();
    private readonly Task _serving;
    private int _connections;

    /// <param name="certificate">Offers STARTTLS with it; null for a server without TLS.</param>
    /// <param name="tlsFromStart">Speaks TLS from the first byte instead.</param>
    public MailServer(X509Certificate2? certificate = null, bool tlsFromStart = false)
    {
        var endpoint = new EndpointDefinitionBuilder().Endpoint(new IPEndPoint(IPAddress.Loopback, 0)).AllowUnsecureAuthentication().SupportedSslProtocols(SslProtocols.None);

        if (certificate is not null)
        {
            endpoint.Certificate(certificate).IsSecure(tlsFromStart);
        }

        var listeners = new EndpointListenerFactory();
        listeners.EndpointStarted += (_, started) => Port = ((IPEndPoint)started.LocalEndPoint).Port;

        var parts = new ServiceProvider();
        parts.Add(listeners);
        parts.Add(new Commands(this));
        parts.Add(new SignIn());
        parts.Add(new Mailboxes());
        parts.Add(new Store(_mails.Writer));

        var server = new SmtpServer.SmtpServer(new SmtpServerOptionsBuilder().ServerName("mail.example.com").Endpoint(endpoint.Build()).Build(), parts);
        server.SessionCreated += (_, session) => Begin(session.Context);

        // The port is open when this comes back.
        _serving = server.StartAsync(_stop.Token);
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; private set; }

    /// <summary>Connections that were made so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Ways to sign in that it offers, such as <c>PLAIN LOGIN</c>; null for none.</summary>
    public string? Authentication { get; init; }

    /// <summary>Settings of a host that uses it.</summary>
    public string[] Settings =>
    [
        "Smtp:Host=127.0.0.1", $"Smtp:Port={Port}", "Smtp:Security=None", "Smtp:From=platform@example.com", "Houston:PublicUrl=https://houston.example.com/",
    ];

    /// <summary>What happens to the next connections, one after the other; then all is well again.</summary>
    public void Fail(params ReadOnlySpan<MailFault> faults)
    {
        lock (_faults)
        {
            foreach (var fault in faults)
            {
                _faults.Enqueue(fault);
            }
        }
    }

    /// <summary>The next mail that it takes.</summary>
    /// <exception cref="TimeoutException">None comes within half a minute.</exception>
    public async Task<ReceivedMail> NextAsync(CancellationToken cancellationToken)
        => await _mails.Reader.ReadAsync(cancellationToken).AsTask().WaitAsync(Patience, TimeProvider.System, cancellationToken);

    /// <summary>How many mails were taken and not asked for.</summary>
    public int Waiting => _mails.Reader.Count;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _stop.Dispose();
    }

    private void Begin(ISessionContext session)
    {
        Interlocked.Increment(ref _connections);

        lock (_faults)
        {
            if (_faults.TryDequeue(out var fault))
            {
                session.Properties[nameof(MailFault)] = fault;
            }
        }

        if (Has(session, MailFault.Close))
        {
            // The library closes the connections of sessions that fail.
            throw new IOException("as told");
        }
    }

    private static bool Has(ISessionContext session, MailFault fault) => session.Properties.TryGetValue(nameof(MailFault), out var own) && fault.Equals(own);

    // Ends the session, or the library would add to the text.
    private static SmtpResponseException Refusal(SmtpReplyCode code, string text) => new(new SmtpResponse(code, text), quit: true);

    private sealed class Commands(MailServer server) : SmtpCommandFactory
    {
        public override SmtpCommand CreateEhlo(string domainOrAddress) => new Greeting(domainOrAddress, server.Authentication);
    }

    /// <summary>Offers what it was told, and takes addresses in ASCII alone.</summary>
    private sealed class Greeting(string domain, string? authentication) : EhloCommand(domain)
    {
        protected override IEnumerable<string> GetExtensions(ISessionContext context)
            => base.GetExtensions(context)
                .Where(extension => extension != "SMTPUTF8" && !extension.StartsWith("AUTH", StringComparison.Ordinal))
                .Concat(authentication is null ? [] : [$"AUTH {authentication}"]);
    }

    private sealed class SignIn : UserAuthenticator
    {
        public override Task<bool> AuthenticateAsync(ISessionContext context, string user, string password, CancellationToken cancellationToken)
        {
            context.Properties[SignedInAs] = $"{user} {password}";
            return Has(context, MailFault.RefuseSignIn) ? throw Refusal(SmtpReplyCode.AuthenticationFailed, $"no {user} {password}") : Task.FromResult(true);
        }
    }

    private sealed class Mailboxes : MailboxFilter
    {
        public override async Task<bool> CanAcceptFromAsync(ISessionContext context, IMailbox from, int size, CancellationToken cancellationToken)
        {
            if (Has(context, MailFault.Hang))
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            return true;
        }

        public override Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken)
            => Has(context, MailFault.Refuse) ? throw Refusal(SmtpReplyCode.MailboxUnavailable, "no such mailbox")
                : Has(context, MailFault.RefuseForNow) ? throw Refusal(SmtpReplyCode.Aborted, "come back later")
                : Task.FromResult(true);
    }

    private sealed class Store(ChannelWriter<ReceivedMail> mails) : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(
            ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            using var source = new MemoryStream(buffer.ToArray());
            var message = await MimeMessage.LoadAsync(source, cancellationToken);

            if (Has(context, MailFault.RefuseContent))
            {
                // As if it repeated what it did not like.
                return new SmtpResponse(SmtpReplyCode.TransactionFailed, $"refused: {message.Subject} {message.TextBody!.ReplaceLineEndings(" ")}");
            }

            mails.TryWrite(new ReceivedMail(transaction.From.AsAddress(), transaction.To.Single().AsAddress(), message)
            {
                SignedInAs = context.Properties.TryGetValue(SignedInAs, out var name) ? (string)name : null,
                WasEncrypted = context.Pipe.IsSecure,
            });
            return new SmtpResponse(SmtpReplyCode.Ok, "taken");
        }
    }
}

/// <summary>What a mail server does instead of taking a mail.</summary>
public enum MailFault
{
    /// <summary>It accepts the connection, and does not answer to the first mail.</summary>
    Hang,

    /// <summary>It closes the connection at once.</summary>
    Close,

    /// <summary>It refuses the recipient, for good.</summary>
    Refuse,

    /// <summary>It refuses the recipient, for now.</summary>
    RefuseForNow,

    /// <summary>It refuses the mail, and repeats it.</summary>
    RefuseContent,

    /// <summary>It refuses the password, and repeats it.</summary>
    RefuseSignIn,
}

/// <summary>A mail as a server got it.</summary>
/// <param name="From">The sender as given to the server.</param>
/// <param name="To">The recipient as given to the server.</param>
/// <param name="Message">Headers and body.</param>
public sealed record ReceivedMail(string From, string To, MimeMessage Message)
{
    /// <summary>Whom the sender signed in as, with the password; null if it did not sign in.</summary>
    public string? SignedInAs { get; init; }

    /// <summary>Whether it came over TLS.</summary>
    public bool WasEncrypted { get; init; }

    /// <summary>The subject.</summary>
    public string Subject => Message.Subject!;

    /// <summary>The text, decoded.</summary>
    public string Text => Message.TextBody!.ReplaceLineEndings("\n");

    /// <summary>The one line that is a link.</summary>
    public string Link => Text.Split('\n').Single(line => line.StartsWith("http", StringComparison.Ordinal));

    /// <summary>The token in the link.</summary>
    public string Token => Link[(Link.IndexOf('=') + 1)..].Split('&')[0];
}

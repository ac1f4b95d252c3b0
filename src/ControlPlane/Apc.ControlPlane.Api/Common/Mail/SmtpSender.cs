using System.Buffers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Apc.ControlPlane.Api.Common.Mail;

/// <summary>A mail could not be handed over. The message is for operators and contains nothing of the mail.</summary>
public sealed class MailFailedException(string message, bool mayPass) : Exception(message)
{
    /// <summary>Whether another attempt may succeed.</summary>
    public bool MayPass { get; } = mayPass;
}

/// <summary>Hands mails over to the server, each on a connection of its own.</summary>
public sealed class SmtpSender(IOptions<SmtpOptions> options, TimeProvider clock)
{
    // Allowed in an address only within quotes, which are not supported here: unquoted they would end the path in an SMTP command
    // (RFC 5321, section 4.1.2) or the address in a header.
    private static readonly SearchValues<char> Special = SearchValues.Create("<>()[]\\,;:\" ");

    private readonly SmtpOptions _options = options.Value;

    /// <summary>Hands a mail over.</summary>
    /// <exception cref="MailFailedException">The server did not take it.</exception>
    public async Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);

        try
        {
            var now = clock.GetUtcNow();
            var message = CanSendTo(mail.To) ? mail.ToMessage(_options.From!, now, Guid.CreateVersion7(now)) : throw Unusable();
            await SendAsync(message, either.Token);
        }
        catch (Exception e)
            when (e is not MailFailedException && limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new MailFailedException(
                $"the server took longer than {SmtpOptions.Section}:{nameof(SmtpOptions.Timeout)} ({_options.Timeout})", mayPass: true);
        }
        catch (Exception e) when (Failure(e) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>Whether an address can be written into commands and headers.</summary>
    internal static bool CanSendTo(string address) => !address.AsSpan().ContainsAny(Special) && !address.Any(char.IsControl);

    private async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        using var client = new Client(Trust())
        {
            CheckCertificateRevocation = false,
            LocalDomain = _options.From![(_options.From!.LastIndexOf('@') + 1)..],
            Timeout = Timeout.Infinite,
        };
        await client.ConnectAsync(_options.Host!, _options.Port, EncryptionOf(_options.Security), cancellationToken);

        if (!string.IsNullOrEmpty(_options.User))
        {
            await client.AuthenticateAsync(_options.User, _options.Password!, cancellationToken);
        }

        var format = FormatOptions.Default.Clone();
        format.International = !Ascii.IsValid(message.To.Mailboxes.Single().Address);

        if (format.International && !client.Capabilities.HasFlag(SmtpCapabilities.UTF8))
        {
            throw new MailFailedException("the server does not take addresses beyond ASCII", mayPass: false);
        }

        await client.SendAsync(format, message, cancellationToken);

        // Does not fail, even if the server no longer answers: it has the mail.
        await client.DisconnectAsync(quit: true, cancellationToken);
    }

    /// <summary>The configured authorities; null for those of the system.</summary>
    private X509ChainPolicy? Trust()
    {
        if (string.IsNullOrEmpty(_options.TrustedAuthorities))
        {
            return null;
        }

        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.ImportFromPemFile(_options.TrustedAuthorities);
        return policy;
    }

    private static SecureSocketOptions EncryptionOf(SmtpSecurity security) => security switch
    {
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };

    /// <summary>
    /// The message for operators; null for an unexpected exception. Answers to the mail and to the password are not repeated, because they
    /// might contain them.
    /// </summary>
    private static MailFailedException? Failure(Exception exception) => exception switch
    {
        SmtpCommandException { ErrorCode: SmtpErrorCode.SenderNotAccepted } e => Answered(e, "to MAIL FROM", Said(e)),
        SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted } e => Answered(e, "to RCPT TO", Said(e)),
        SmtpCommandException { ErrorCode: SmtpErrorCode.MessageNotAccepted } e => Answered(e, "to the mail"),
        SmtpCommandException e => Answered(e, "before the mail", Said(e)),
        AuthenticationException { InnerException: SmtpCommandException e } => Answered(e, "to AUTH"),
        AuthenticationException => new("the server takes no way to sign in that is known here", mayPass: false),
        ServiceNotAuthenticatedException => new(
            $"the server takes mails only of those who sign in, with {SmtpOptions.Section}:{nameof(SmtpOptions.User)}", mayPass: false),
        ParseException => Unusable(),
        NotSupportedException e => new(e.Message.TrimEnd('.'), mayPass: false),
        SmtpProtocolException => new("the server closed the connection, or is no SMTP server", mayPass: true),
        SslHandshakeException e => new($"TLS failed: {e.GetBaseException().Message}", mayPass: true),
        SocketException or IOException => new($"the connection failed: {exception.GetBaseException().Message}", mayPass: true),
        _ => null,
    };

    private static MailFailedException Unusable() => new("the address has characters that mail servers do not take", mayPass: false);

    private static MailFailedException Answered(SmtpCommandException answer, string when, string said = "")
        => new($"the server answered {(int)answer.StatusCode}{said} {when}", mayPass: (int)answer.StatusCode < 500);

    private static string Said(SmtpCommandException answer)
    {
        var plain = string.Concat(answer.Message.ReplaceLineEndings(" ").Where(c => c is >= ' ' and < '\x7f').Take(200));
        return plain.Length > 0 ? $" ({plain})" : "";
    }

    /// <summary>Says why it distrusts a server. Trusts only the authorities of the policy, if there is one.</summary>
    private sealed class Client : SmtpClient
    {
        private readonly X509ChainPolicy? _trust;

        public Client(X509ChainPolicy? trust)
        {
            _trust = trust;
            ServerCertificateValidationCallback = (_, _, chain, errors) =>
            {
                string[] reasons = [$"{errors}", .. chain?.ChainStatus.Select(status => $"{status.Status}") ?? []];
                return errors is SslPolicyErrors.None
                    ? true
                    : throw new System.Security.Authentication.AuthenticationException(
                        $"the certificate is not trusted ({string.Join(", ", reasons)})");
            };
        }

        protected override SslClientAuthenticationOptions GetSslClientAuthenticationOptions(
            string host, RemoteCertificateValidationCallback validation)
        {
            var options = base.GetSslClientAuthenticationOptions(host, validation);
            options.CertificateChainPolicy = _trust;
            return options;
        }
    }
}

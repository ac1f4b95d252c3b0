using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Common.Mail;

/// <summary>Hands mails over to the server, each on a connection of its own.</summary>
/// <remarks>Written by hand, because the client of the framework knows no TLS from the start, and cannot be given up on while it connects.</remarks>
public sealed class SmtpSender(IOptions<SmtpOptions> options, TimeProvider clock)
{
    private readonly SmtpOptions _options = options.Value;

    /// <summary>Hands a mail over.</summary>
    /// <exception cref="MailFailedException">The server did not take it.</exception>
    public async Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        if (!SmtpPath.IsUsable(mail.To))
        {
            throw new MailFailedException("the address has characters that mail servers do not take", mayPass: false);
        }

        using var limit = new CancellationTokenSource(_options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);

        try
        {
            using var tcp = new TcpClient();
            await tcp.ConnectAsync(_options.Host!, _options.Port, either.Token);
            await ConverseAsync(mail, tcp.GetStream(), either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MailFailedException($"the server took longer than {SmtpOptions.Section}:{nameof(SmtpOptions.Timeout)} ({_options.Timeout})", mayPass: true);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            throw new MailFailedException($"the connection failed: {e.GetBaseException().Message}", mayPass: true);
        }
        catch (AuthenticationException e)
        {
            throw new MailFailedException($"TLS failed: {e.GetBaseException().Message}", mayPass: true);
        }
    }

    private async Task ConverseAsync(OutgoingMail mail, Stream plain, CancellationToken cancellationToken)
    {
        Stream stream = _options.Security is SmtpSecurity.Tls ? await EncryptAsync(plain, cancellationToken) : plain;

        try
        {
            var session = new SmtpSession(stream);
            await session.ReadGreetingAsync(cancellationToken);
            var extensions = await IntroduceAsync(session, cancellationToken);

            if (_options.Security is SmtpSecurity.StartTls)
            {
                await session.SendAsync("STARTTLS", '2', "STARTTLS", cancellationToken);

                // What came before the encryption could be anybody's (CVE-2011-0411).
                if (session.HasMore)
                {
                    throw new MailFailedException("the server went on in clear after STARTTLS", mayPass: false);
                }

                stream = await EncryptAsync(plain, cancellationToken);
                session = new SmtpSession(stream);
                extensions = await IntroduceAsync(session, cancellationToken);
            }

            await SignInAsync(session, extensions, cancellationToken);
            await HandOverAsync(mail, session, extensions, cancellationToken);
        }
        finally
        {
            await stream.DisposeAsync();
        }
    }

    private async Task<Stream> EncryptAsync(Stream plain, CancellationToken cancellationToken)
    {
        var encrypted = new SslStream(plain);

        try
        {
            await encrypted.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { TargetHost = _options.Host, CertificateChainPolicy = ChainPolicy() }, cancellationToken);
            return encrypted;
        }
        catch
        {
            await encrypted.DisposeAsync();
            throw;
        }
    }

    private X509ChainPolicy? ChainPolicy()
    {
        if (string.IsNullOrEmpty(_options.TrustedAuthorities))
        {
            return null;
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(_options.TrustedAuthorities);
        return policy;
    }

    private async Task<IReadOnlyList<string>> IntroduceAsync(SmtpSession session, CancellationToken cancellationToken)
    {
        var domain = _options.From![(_options.From!.LastIndexOf('@') + 1)..];
        return await session.SendAsync($"EHLO {domain}", '2', "EHLO", cancellationToken);
    }

    // RFC 4954. Nothing is stronger than PLAIN under TLS; LOGIN is what some servers know instead.
    private async Task SignInAsync(SmtpSession session, IReadOnlyList<string> extensions, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(_options.User))
        {
            return;
        }

        var ways = extensions.FirstOrDefault(e => e.StartsWith("AUTH ", StringComparison.OrdinalIgnoreCase))?.ToUpperInvariant().Split(' ') ?? [];

        if (ways.Contains("LOGIN") && !ways.Contains("PLAIN"))
        {
            await session.SendSecretAsync("AUTH LOGIN", '3', "AUTH", cancellationToken);
            await session.SendSecretAsync(Base64(_options.User), '3', "AUTH", cancellationToken);
            await session.SendSecretAsync(Base64(_options.Password!), '2', "AUTH", cancellationToken);
        }
        else
        {
            await session.SendSecretAsync($"AUTH PLAIN {Base64($"\0{_options.User}\0{_options.Password}")}", '2', "AUTH", cancellationToken);
        }
    }

    private async Task HandOverAsync(OutgoingMail mail, SmtpSession session, IReadOnlyList<string> extensions, CancellationToken cancellationToken)
    {
        var needsUtf8 = SmtpPath.NeedsUtf8(mail.To) || SmtpPath.NeedsUtf8(_options.From!);

        if (needsUtf8 && !extensions.Contains("SMTPUTF8", StringComparer.OrdinalIgnoreCase))
        {
            throw new MailFailedException("the server does not take addresses beyond ASCII", mayPass: false);
        }

        var now = clock.GetUtcNow();
        await session.SendAsync($"MAIL FROM:<{_options.From}>{(needsUtf8 ? " SMTPUTF8" : "")}", '2', "MAIL FROM", cancellationToken);
        await session.SendAsync($"RCPT TO:<{mail.To}>", '2', "RCPT TO", cancellationToken);
        await session.SendAsync("DATA", '3', "DATA", cancellationToken);
        await session.SendSecretAsync($"{mail.ToMessage(_options.From!, now, Guid.CreateVersion7(now))}.", '2', "the mail", cancellationToken);

        try
        {
            await session.SendAsync("QUIT", '2', "QUIT", cancellationToken);
        }
        catch (Exception e) when (e is MailFailedException or IOException or OperationCanceledException)
        {
            // The server has the mail; another attempt would send it twice.
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}

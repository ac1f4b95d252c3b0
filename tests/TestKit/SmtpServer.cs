using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Channels;

namespace Apc.TestKit;

/// <summary>A mail server on a free port of this machine. It keeps the mails that it takes, and misbehaves when told to.</summary>
public sealed class SmtpServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<ReceivedMail> _mails = Channel.CreateUnbounded<ReceivedMail>();
    private readonly Queue<SmtpFault> _faults = new();
    private readonly X509Certificate2? _certificate;
    private readonly bool _tlsFromStart;
    private readonly Task _accepting;
    private int _connections;

    /// <param name="certificate">Offers STARTTLS with it; null for a server without TLS.</param>
    /// <param name="tlsFromStart">Speaks TLS from the first byte instead.</param>
    public SmtpServer(X509Certificate2? certificate = null, bool tlsFromStart = false)
    {
        (_certificate, _tlsFromStart) = (certificate, tlsFromStart);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

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
    public void Fail(params ReadOnlySpan<SmtpFault> faults)
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
        await _accepting;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();

        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                open.Add(ServeAsync(client, NextFault()));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(open);
        }
    }

    private SmtpFault NextFault()
    {
        lock (_faults)
        {
            return _faults.TryDequeue(out var fault) ? fault : SmtpFault.None;
        }
    }

    private async Task ServeAsync(TcpClient client, SmtpFault fault)
    {
        using (client)
        {
            try
            {
                if (fault is SmtpFault.Hang)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _stop.Token);
                }
                else if (fault is not SmtpFault.Close)
                {
                    await ConverseAsync(client.GetStream(), fault);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or AuthenticationException)
            {
                // The other side left, or the test is over.
            }
        }
    }

    private async Task ConverseAsync(Stream stream, SmtpFault fault)
    {
        var isEncrypted = false;
        string? signedInAs = null;
        var (from, to) = ("", "");

        if (_tlsFromStart)
        {
            (stream, isEncrypted) = (await EncryptAsync(stream), true);
        }

        var lines = new Lines(stream);
        await lines.WriteAsync("220 mail.example.com ready", _stop.Token);

        while (await lines.ReadAsync(_stop.Token) is { } line)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "EHLO":
                    string[] extensions = [.. Extensions(isEncrypted)];
                    await lines.WriteAsync("250-mail.example.com", _stop.Token);

                    foreach (var extension in extensions)
                    {
                        await lines.WriteAsync($"250-{extension}", _stop.Token);
                    }

                    await lines.WriteAsync("250 8BITMIME", _stop.Token);
                    break;
                case "STARTTLS" when _certificate is not null && !isEncrypted:
                    await lines.WriteAsync("220 go ahead", _stop.Token);
                    (stream, isEncrypted) = (await EncryptAsync(stream), true);
                    lines = new Lines(stream);
                    break;
                case "AUTH" when Authentication is not null:
                    signedInAs = await SignInAsync(line, lines);
                    await lines.WriteAsync(fault is SmtpFault.RefuseSignIn ? $"535 no {signedInAs}" : "235 welcome", _stop.Token);
                    break;
                case "MAIL":
                    from = line["MAIL FROM:".Length..];
                    await lines.WriteAsync("250 ok", _stop.Token);
                    break;
                case "RCPT":
                    to = line["RCPT TO:".Length..];
                    await lines.WriteAsync(
                        fault switch { SmtpFault.Refuse => "550 no such mailbox", SmtpFault.RefuseForNow => "451 come back later", _ => "250 ok" }, _stop.Token);
                    break;
                case "DATA":
                    await lines.WriteAsync("354 go on", _stop.Token);
                    var message = await lines.ReadMessageAsync(_stop.Token);

                    if (fault is SmtpFault.RefuseContent)
                    {
                        // As if it repeated what it did not like.
                        await lines.WriteAsync($"554 refused: {message.ReplaceLineEndings(" ")}", _stop.Token);
                        break;
                    }

                    _mails.Writer.TryWrite(new ReceivedMail(from, to, message) { SignedInAs = signedInAs, WasEncrypted = isEncrypted });
                    await lines.WriteAsync("250 taken", _stop.Token);
                    break;
                case "QUIT":
                    await lines.WriteAsync("221 bye", _stop.Token);
                    return;
                default:
                    await lines.WriteAsync("502 unknown", _stop.Token);
                    break;
            }
        }
    }

    private IEnumerable<string> Extensions(bool isEncrypted)
    {
        if (_certificate is not null && !isEncrypted)
        {
            yield return "STARTTLS";
        }

        if (Authentication is not null)
        {
            yield return $"AUTH {Authentication}";
        }
    }

    /// <summary>Name and password, separated by a blank.</summary>
    private async Task<string> SignInAsync(string line, Lines lines)
    {
        if (line.Split(' ') is [_, "PLAIN", var both])
        {
            return Decode(both).Trim('\0').Replace('\0', ' ');
        }

        await lines.WriteAsync("334 VXNlcm5hbWU6", _stop.Token);
        var name = Decode((await lines.ReadAsync(_stop.Token))!);
        await lines.WriteAsync("334 UGFzc3dvcmQ6", _stop.Token);
        return $"{name} {Decode((await lines.ReadAsync(_stop.Token))!)}";
    }

    private async Task<Stream> EncryptAsync(Stream stream)
    {
        var encrypted = new SslStream(stream);
        await encrypted.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
        return encrypted;
    }

    private static string Decode(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));

    /// <summary>Lines over a stream, which may become another one between two of them.</summary>
    private sealed class Lines(Stream stream)
    {
        public async Task WriteAsync(string line, CancellationToken cancellationToken)
            => await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), cancellationToken);

        /// <summary>Null where the other side has left.</summary>
        public async Task<string?> ReadAsync(CancellationToken cancellationToken)
        {
            var line = new List<byte>();
            var next = new byte[1];

            while (await stream.ReadAsync(next, cancellationToken) == 1)
            {
                if (next[0] == '\n')
                {
                    return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
                }

                line.Add(next[0]);
            }

            return null;
        }

        public async Task<string> ReadMessageAsync(CancellationToken cancellationToken)
        {
            var message = new StringBuilder();

            while (await ReadAsync(cancellationToken) is { } line && line != ".")
            {
                message.Append(line).Append('\n');
            }

            return message.ToString();
        }
    }
}

/// <summary>What a mail server does instead of taking a mail.</summary>
public enum SmtpFault
{
    /// <summary>Nothing: it takes the mail.</summary>
    None,

    /// <summary>It accepts the connection, and says nothing.</summary>
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
/// <param name="Message">Headers and body as they came.</param>
public sealed record ReceivedMail(string From, string To, string Message)
{
    /// <summary>Whom the sender signed in as, with the password; null for nobody.</summary>
    public string? SignedInAs { get; init; }

    /// <summary>Whether it came over TLS.</summary>
    public bool WasEncrypted { get; init; }

    /// <summary>The headers.</summary>
    public string Headers => Message[..Message.IndexOf("\n\n", StringComparison.Ordinal)];

    /// <summary>The subject.</summary>
    public string Subject => Headers.Split('\n').Single(h => h.StartsWith("Subject: ", StringComparison.Ordinal))["Subject: ".Length..];

    /// <summary>The text, decoded.</summary>
    public string Text => Encoding.UTF8.GetString(Convert.FromBase64String(Message[(Message.IndexOf("\n\n", StringComparison.Ordinal) + 2)..])).ReplaceLineEndings("\n");

    /// <summary>The one line that is a link.</summary>
    public string Link => Text.Split('\n').Single(line => line.StartsWith("http", StringComparison.Ordinal));

    /// <summary>The token in the link.</summary>
    public string Token => Link[(Link.IndexOf('=') + 1)..].Split('&')[0];
}

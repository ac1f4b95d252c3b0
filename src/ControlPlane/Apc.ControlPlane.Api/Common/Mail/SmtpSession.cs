using System.Globalization;
using System.Text;

namespace Apc.ControlPlane.Api.Common.Mail;

/// <summary>Commands to an SMTP server and its replies (RFC 5321).</summary>
internal sealed class SmtpSession(Stream stream)
{
    // RFC 5321 allows 512 characters; some servers say more.
    private const int MaxLine = 2_000;
    private const int MaxLines = 100;

    private readonly byte[] _buffer = new byte[4_096];
    private int _start;
    private int _end;

    /// <summary>Whether the server sent more than it was asked for.</summary>
    public bool HasMore => _start < _end;

    /// <summary>Sends a command and reads the reply.</summary>
    /// <param name="command">The command, without its end of line.</param>
    /// <param name="expected">First digit of the reply that is hoped for.</param>
    /// <param name="what">What to call the command in messages. It names no secret.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="MailFailedException">The reply is another one; its text is repeated.</exception>
    public async Task<IReadOnlyList<string>> SendAsync(string command, char expected, string what, CancellationToken cancellationToken)
    {
        await WriteAsync(command, cancellationToken);
        return await ReadReplyAsync(expected, what, isRepeatable: true, cancellationToken);
    }

    /// <summary>The same with something secret; the text of the reply, which might repeat it, is not repeated.</summary>
    public async Task<IReadOnlyList<string>> SendSecretAsync(string text, char expected, string what, CancellationToken cancellationToken)
    {
        await WriteAsync(text, cancellationToken);
        return await ReadReplyAsync(expected, what, isRepeatable: false, cancellationToken);
    }

    /// <summary>The server's first words.</summary>
    public Task<IReadOnlyList<string>> ReadGreetingAsync(CancellationToken cancellationToken)
        => ReadReplyAsync('2', "the connection", isRepeatable: true, cancellationToken);

    private async Task WriteAsync(string command, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"), cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<string>> ReadReplyAsync(char expected, string what, bool isRepeatable, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        string line;

        do
        {
            line = await ReadLineAsync(cancellationToken);

            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out _) || lines.Count == MaxLines)
            {
                throw new MailFailedException($"what answered to {what} is no SMTP server", mayPass: true);
            }

            lines.Add(line.Length > 4 ? line[4..] : "");
        }
        while (line.Length > 3 && line[3] == '-');

        if (line[0] == expected)
        {
            return lines;
        }

        var code = line[..3];
        var text = isRepeatable && PlainLine(lines[^1]) is { Length: > 0 } said ? $" ({said})" : "";
        throw new MailFailedException($"the server answered {code}{text} to {what}", mayPass: line[0] != '5');
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();

        while (true)
        {
            if (_start == _end)
            {
                _start = 0;
                _end = await stream.ReadAsync(_buffer, cancellationToken);

                if (_end == 0)
                {
                    throw new MailFailedException("the server closed the connection", mayPass: true);
                }
            }

            var c = (char)_buffer[_start++];

            if (c == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            if (line.Append(c).Length > MaxLine)
            {
                throw new MailFailedException("the server sent a line without end", mayPass: true);
            }
        }
    }

    private static string PlainLine(string text)
    {
        var plain = string.Concat(text.Where(c => c is >= ' ' and < '\x7f'));
        return plain.Length > 200 ? plain[..200] : plain;
    }
}

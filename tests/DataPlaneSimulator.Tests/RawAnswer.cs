using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Apc.Simulation.Tests;

/// <summary>All bytes that came back on one connection, and how it ended.</summary>
internal sealed partial record RawAnswer(byte[] Bytes, bool WasReset)
{
    private static ReadOnlySpan<byte> EndOfHead => "\r\n\r\n"u8;

    /// <summary>Status line and headers, one a line, without the date; empty where none came.</summary>
    public string Head => DateLine().Replace(Encoding.ASCII.GetString(Bytes, 0, HeadLength), "").Replace("\r\n", "\n").TrimEnd();

    public byte[] Body => Bytes[HeadLength..];

    public string Text => Encoding.UTF8.GetString(Body);

    private int HeadLength => Bytes.AsSpan().IndexOf(EndOfHead) is var at and >= 0 ? at + EndOfHead.Length : 0;

    /// <summary>Asks and reads until the other side ends the connection.</summary>
    public static async Task<RawAnswer> GetAsync(Uri server, string path, CancellationToken cancellationToken)
    {
        using var client = await OpenAsync(server, path, cancellationToken);
        using var all = new MemoryStream();

        try
        {
            await client.GetStream().CopyToAsync(all, cancellationToken);
            return new RawAnswer(all.ToArray(), WasReset: false);
        }
        catch (IOException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return new RawAnswer(all.ToArray(), WasReset: true);
        }
    }

    /// <summary>Asks and reads nothing.</summary>
    public static async Task<TcpClient> OpenAsync(Uri server, string path, CancellationToken cancellationToken)
    {
        var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, cancellationToken);
        var request = $"GET {path} HTTP/1.1\r\nHost: {server.Authority}\r\nConnection: close\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), cancellationToken);
        return client;
    }

    [GeneratedRegex("Date: [^\r]*\r\n")]
    private static partial Regex DateLine();
}

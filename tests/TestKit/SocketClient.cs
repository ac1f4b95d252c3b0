using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace Apc.TestKit;

/// <summary>A WebSocket, as a test speaks and hears it.</summary>
public sealed class SocketClient : IDisposable
{
    private readonly ClientWebSocket _socket;
    private readonly byte[] _buffer = new byte[200_000];

    private SocketClient(ClientWebSocket socket) => _socket = socket;

    /// <summary>The sub-protocol that the server has chosen.</summary>
    public string? Protocol => _socket.SubProtocol;

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    /// <summary>Opens a WebSocket.</summary>
    /// <param name="uri">Where, as <c>ws</c>.</param>
    /// <param name="protocol">The sub-protocols that it speaks, separated by commas and spaces; null for none.</param>
    /// <param name="authorization">The handshake's header; null for none.</param>
    /// <param name="overHttp2">Opens it over HTTP/2; null for HTTP/1.1.</param>
    public static async Task<SocketClient> ConnectAsync(Uri uri, string? protocol, string? authorization = null, HttpMessageInvoker? overHttp2 = null)
    {
        var socket = new ClientWebSocket();

        foreach (var name in protocol?.Split(", ") ?? [])
        {
            socket.Options.AddSubProtocol(name);
        }

        if (authorization is not null)
        {
            socket.Options.SetRequestHeader("Authorization", authorization);
        }

        if (overHttp2 is not null)
        {
            socket.Options.HttpVersion = HttpVersion.Version20;
            socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        }

        await socket.ConnectAsync(uri, overHttp2, Cancelled);
        return new SocketClient(socket);
    }

    /// <summary>Sends messages.</summary>
    public async Task SendAsync(params string[] messages)
    {
        foreach (var message in messages)
        {
            await _socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, Cancelled);
        }
    }

    /// <summary>Sends a message that is no text.</summary>
    public Task SendBinaryAsync(byte[] message) => _socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, Cancelled);

    /// <summary>The next message; or how the server closed the connection, as <c>code reason</c>.</summary>
    public async Task<string> ReceiveAsync()
    {
        var length = 0;
        WebSocketReceiveResult read;

        do
        {
            read = await _socket.ReceiveAsync(new ArraySegment<byte>(_buffer, length, _buffer.Length - length), Cancelled);
            length += read.Count;
        }
        while (!read.EndOfMessage);

        return read.MessageType == WebSocketMessageType.Close
            ? $"{(int)_socket.CloseStatus!} {_socket.CloseStatusDescription}".TrimEnd()
            : Encoding.UTF8.GetString(_buffer, 0, length);
    }

    /// <summary>The next so many messages.</summary>
    public async Task<string[]> ReceiveAsync(int count)
    {
        var messages = new string[count];

        for (var i = 0; i < count; i++)
        {
            messages[i] = await ReceiveAsync();
        }

        return messages;
    }

    /// <summary>Sends a message and waits for what comes back.</summary>
    public async Task<string> AskAsync(string message)
    {
        await SendAsync(message);
        return await ReceiveAsync();
    }

    /// <summary>Leaves; gives the code with which the server answers.</summary>
    public async Task<int> LeaveAsync()
    {
        await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancelled);
        return (int)_socket.CloseStatus!;
    }

    /// <summary>Goes away without a word.</summary>
    public void Vanish() => _socket.Abort();

    public void Dispose() => _socket.Dispose();
}

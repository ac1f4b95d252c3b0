using System.Buffers;
using System.Net.WebSockets;

namespace Apc.GraphQL.AspNetCore.WebSockets;

/// <summary>A whole message in pooled memory. Its owner disposes it.</summary>
internal sealed class ReceivedMessage(int capacity) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    public ReadOnlyMemory<byte> Text => _buffer.AsMemory(0, Length);

    public int Length { get; private set; }

    /// <summary>The free part of the buffer, which grows if it is full.</summary>
    public Memory<byte> Rest()
    {
        if (Length == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Length * 2);
            _buffer.CopyTo(larger, 0);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsMemory(Length);
    }

    public void Add(int count) => Length += count;

    public void Dispose()
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);

        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

/// <summary>Reads messages from a WebSocket, with bounded memory and time.</summary>
internal sealed class MessageReader : IDisposable
{
    private const int InitialCapacity = 1024;

    private readonly WebSocket _socket;
    private readonly GraphQLServerOptions _options;
    private readonly ITimer _late;

    /// <param name="socket">The socket; only this reader reads it.</param>
    /// <param name="options">The limits.</param>
    /// <param name="late">Called when a message does not end within <see cref="GraphQLServerOptions.BodyTimeout"/> after its start.</param>
    public MessageReader(WebSocket socket, GraphQLServerOptions options, Action late)
    {
        _socket = socket;
        _options = options;
        _late = options.Execution.Clock.CreateTimer(
            static state => ((Action)state!)(), late, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// The next message; null with a reason if the connection must be closed, null without a reason if the client closed it.
    /// </summary>
    /// <exception cref="WebSocketException">The connection broke.</exception>
    public async ValueTask<(ReceivedMessage? Message, CloseReason? Close)> ReadAsync()
    {
        // Waits without a buffer: most connections are idle most of the time.
        var read = await _socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
        var message = new ReceivedMessage(InitialCapacity);
        var isTimed = false;

        while (read.MessageType != WebSocketMessageType.Close && !read.EndOfMessage)
        {
            var reading = _socket.ReceiveAsync(message.Rest(), CancellationToken.None);

            // Most messages arrive in one piece and need no timer.
            if (!reading.IsCompleted && !isTimed)
            {
                isTimed = _late.Change(_options.BodyTimeout, Timeout.InfiniteTimeSpan);
            }

            read = await reading;
            message.Add(read.Count);

            if (message.Length > _options.MaxBodyBytes)
            {
                message.Dispose();
                return (null, CloseReason.TooLarge(_options));
            }
        }

        if (isTimed)
        {
            _late.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        if (read.MessageType == WebSocketMessageType.Text)
        {
            return (message, null);
        }

        message.Dispose();
        return read.MessageType == WebSocketMessageType.Close
            ? (null, null)
            : (null, CloseReason.InvalidMessage("Invalid message: it must be text."));
    }

    public void Dispose() => _late.Dispose();
}

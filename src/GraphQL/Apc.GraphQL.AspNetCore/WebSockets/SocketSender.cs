using System.Net.WebSockets;

namespace Apc.GraphQL.AspNetCore.WebSockets;

/// <summary>
/// Sends messages one after the other; whoever sends waits until the client takes it. A client that does not within
/// <see cref="GraphQLServerOptions.SendTimeout"/> is cut, so that what waits for it is never more than one message for each of its operations.
/// </summary>
internal sealed class SocketSender : IDisposable
{
    private readonly WebSocket _socket;
    private readonly TimeSpan _timeout;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ITimer _cut;
    private bool _isClosing;

    public SocketSender(WebSocket socket, GraphQLServerOptions options)
    {
        _socket = socket;
        _timeout = options.SendTimeout;
        _cut = options.Execution.Clock.CreateTimer(
            static state => ((WebSocket)state!).Abort(), socket, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether the connection is being closed by this side: what the client still says is not heard.</summary>
    public bool IsClosing => Volatile.Read(ref _isClosing);

    /// <summary>Sends a message, unless the operation that it belongs to has ended while others were sending, or the connection is closed.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, SocketOperation? operation = null)
    {
        await _gate.WaitAsync();

        try
        {
            if (!_isClosing && operation is not { HasEnded: true })
            {
                await WithinTimeout(_socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None));
            }
        }
        catch (Exception e) when (IsBrokenConnection(e))
        {
            // The reader finds the same, and ends the connection.
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Says goodbye. A client that does not answer in time is cut.</summary>
    public async ValueTask CloseAsync(CloseReason reason)
    {
        await _gate.WaitAsync();

        try
        {
            if (_isClosing)
            {
                return;
            }

            Volatile.Write(ref _isClosing, true);
            await WithinTimeout(new ValueTask(_socket.CloseOutputAsync((WebSocketCloseStatus)reason.Code, reason.TextInFrame, CancellationToken.None)));
            _cut.Change(_timeout, Timeout.InfiniteTimeSpan);
        }
        catch (Exception e) when (IsBrokenConnection(e))
        {
            // It is closed already.
        }
        finally
        {
            _gate.Release();
        }
    }

    // The gate is left alone: a timer of the connection may still be about to ask for it.
    public void Dispose() => _cut.Dispose();

    /// <summary>Whether the exception only says that nobody is there any more.</summary>
    public static bool IsBrokenConnection(Exception exception)
        => exception is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException;

    private async ValueTask WithinTimeout(ValueTask sending)
    {
        if (sending.IsCompletedSuccessfully)
        {
            return;
        }

        _cut.Change(_timeout, Timeout.InfiniteTimeSpan);

        try
        {
            await sending;
        }
        finally
        {
            _cut.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}

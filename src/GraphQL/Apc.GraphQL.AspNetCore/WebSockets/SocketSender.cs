using System.Net.WebSockets;

namespace Apc.GraphQL.AspNetCore.WebSockets;

/// <summary>
/// Sends messages one after the other. Each sender waits until the client has accepted its message, so that at most one message of each
/// operation waits. The connection of a client that does not accept a message within <see cref="GraphQLServerOptions.SendTimeout"/> is
/// aborted.
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

    /// <summary>Whether this side closes the connection: further messages of the client are ignored.</summary>
    public bool IsClosing => Volatile.Read(ref _isClosing);

    /// <summary>Sends a message, unless its operation has ended in the meantime or the connection is closed.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, SocketOperation? operation = null)
    {
        await _gate.WaitAsync();

        try
        {
            if (!_isClosing && operation is not { HasEnded: true })
            {
                await WithinTimeout(
                    _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None));
            }
        }
        catch (Exception e) when (IsBrokenConnection(e))
        {
            // The reader finds the broken connection too and ends it.
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Sends a close frame. The connection of a client that does not answer in time is aborted.</summary>
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
            var closing = _socket.CloseOutputAsync((WebSocketCloseStatus)reason.Code, reason.TextInFrame, CancellationToken.None);
            await WithinTimeout(new ValueTask(closing));
            _cut.Change(_timeout, Timeout.InfiniteTimeSpan);
        }
        catch (Exception e) when (IsBrokenConnection(e))
        {
            // The connection is already closed.
        }
        finally
        {
            _gate.Release();
        }
    }

    // The semaphore is not disposed: a timer of the connection may still use it.
    public void Dispose() => _cut.Dispose();

    /// <summary>Whether the exception only means that the connection is gone.</summary>
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

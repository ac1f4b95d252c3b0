using System.Globalization;
using System.Net.Sockets;
using Apc.Simulation.Clusters;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Apc.Simulation.Faults;

/// <summary>The socket under a probe, for answers that the server would not let pass.</summary>
/// <remarks>The server itself must write nothing to this connection any more: every use ends in an abort.</remarks>
internal sealed class RawConnection(Exchange exchange)
{
    // A client that has read the end closes its side; one that does not is cut off after this time.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Socket _socket = exchange.Http.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;

    /// <summary>Status line and headers of a JSON answer that announces this many bytes.</summary>
    public static string Head(int contentLength) => string.Create(
        CultureInfo.InvariantCulture,
        $"HTTP/1.1 200 OK\r\nContent-Type: {Exchange.Json}\r\nContent-Length: {contentLength}\r\nConnection: close\r\n\r\n");

    /// <summary>Sends the bytes; false when the client left or the simulator stopped.</summary>
    public async Task<bool> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0)
            {
                bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None, exchange.Ended)..];
            }

            return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Ends the connection in order: the client reads what was sent, then the end.</summary>
    public async Task CloseAsync()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
            await exchange.PauseAsync(Patience);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The client was faster.
        }

        exchange.Http.Abort();
    }

    /// <summary>Ends the connection by force: the client meets a reset.</summary>
    public void Reset()
    {
        try
        {
            _socket.LingerState = new LingerOption(enable: true, seconds: 0);
            _socket.Close(timeout: 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The client was faster.
        }

        exchange.Http.Abort();
    }
}

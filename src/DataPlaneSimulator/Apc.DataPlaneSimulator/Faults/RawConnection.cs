using System.Globalization;
using System.Net.Sockets;
using Apc.Simulation.Clusters;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Apc.Simulation.Faults;

/// <summary>The socket of a probe, for answers that the web server cannot send.</summary>
/// <remarks>The web server must not write to this connection any more: every use ends with an abort.</remarks>
internal sealed class RawConnection(Exchange exchange)
{
    // A client that has read the end closes its side. If it does not, the connection is aborted after this time.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Socket _socket = exchange.Http.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;

    /// <summary>Status line and headers of a JSON answer with this length.</summary>
    public static string Head(int contentLength) => string.Create(
        CultureInfo.InvariantCulture,
        $"HTTP/1.1 200 OK\r\nContent-Type: {Exchange.Json}\r\nContent-Length: {contentLength}\r\nConnection: close\r\n\r\n");

    /// <summary>Sends the bytes. False if the client left or the simulator stopped.</summary>
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

    /// <summary>Closes the connection: the client reads what was sent, then the end.</summary>
    public async Task CloseAsync()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
            await exchange.PauseAsync(Patience);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The client has already closed the connection.
        }

        exchange.Http.Abort();
    }

    /// <summary>Resets the connection.</summary>
    public void Reset()
    {
        try
        {
            _socket.LingerState = new LingerOption(enable: true, seconds: 0);
            _socket.Close(timeout: 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The client has already closed the connection.
        }

        exchange.Http.Abort();
    }
}

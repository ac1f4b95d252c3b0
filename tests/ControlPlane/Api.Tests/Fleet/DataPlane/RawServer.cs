using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Apc.ControlPlane.Api.Tests.Fleet.DataPlane;

/// <summary>A listener on loopback that does with each connection whatever a test says, below HTTP.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private int _connections;

    public RawServer(Func<NetworkStream, CancellationToken, Task> serve)
    {
        _listener.Start();
        _accepting = AcceptAsync(serve);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections that were made so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Reads the request, then sends the text and ends the connection.</summary>
    public static RawServer Answering(string response) => new(async (stream, cancellationToken) =>
    {
        await ReadRequestAsync(stream, cancellationToken);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(response), cancellationToken);
    });

    /// <summary>Accepts, and says nothing.</summary>
    public static RawServer Silent() => new((_, cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken));

    public static async Task ReadRequestAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        var length = 0;

        while (!buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);

            if (read == 0)
            {
                return;
            }

            length += read;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The loop ends by its token; stopped before, the listener would refuse a call that is just being made.
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync(Func<NetworkStream, CancellationToken, Task> serve)
    {
        var open = new List<Task>();

        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                open.Add(ServeAsync(client, serve));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client, Func<NetworkStream, CancellationToken, Task> serve)
    {
        using (client)
        {
            try
            {
                await serve(client.GetStream(), _stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or System.Security.Authentication.AuthenticationException)
            {
                // The other side left, or the test is over.
            }
        }
    }
}

using System.Net;

namespace Apc.ControlPlane.Api.Common.OutboundHttp;

/// <summary>Resolves names on threads of its own.</summary>
/// <remarks>
/// The system's resolver blocks a thread for as long as a dead name server keeps silent. On the thread pool a few hundred such names
/// would stop everything that the process does; here they stop only each other.
/// </remarks>
#pragma warning disable CA1001 // Not disposable on purpose: a lookup outlives those who wait for it, and gives its slot back when it ends.
public sealed class HostLookup(int maxParallel)
#pragma warning restore CA1001
{
    private const int StackBytes = 256 * 1024;

    private readonly SemaphoreSlim _slots = new(maxParallel);

    /// <summary>The addresses of a name, in the system's order of preference.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The name cannot be resolved.</exception>
    public async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        var answer = new TaskCompletionSource<IPAddress[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Resolve(host, answer), StackBytes) { IsBackground = true, Name = "host lookup" }.Start();
        return await answer.Task.WaitAsync(cancellationToken);
    }

    private void Resolve(string host, TaskCompletionSource<IPAddress[]> answer)
    {
        try
        {
            answer.SetResult(Dns.GetHostAddresses(host));
        }
        catch (Exception e)
        {
            // The edge of a thread: whatever it is, the waiting task gets it.
            answer.SetException(e);
        }
        finally
        {
            // Only now: a caller who stopped waiting did not free the thread.
            _slots.Release();
        }
    }
}

using System.Net;

namespace Apc.ControlPlane.Api.Common.OutboundHttp;

/// <summary>Resolves names on threads of its own.</summary>
/// <remarks>
/// The system's resolver blocks a thread while a name server does not answer. A few hundred such names would exhaust the thread pool; here
/// they block only each other.
/// </remarks>
#pragma warning disable CA1001 // Not disposable: a lookup may outlive its callers, and gives its slot back when it ends.
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
            // Any exception goes to the waiting task, because it would end the process here.
            answer.SetException(e);
        }
        finally
        {
            // Here, because a caller that stops waiting does not free the thread.
            _slots.Release();
        }
    }
}

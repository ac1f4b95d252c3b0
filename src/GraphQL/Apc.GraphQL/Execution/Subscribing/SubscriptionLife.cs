using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Execution.Subscribing;

/// <summary>
/// The lifetime of a subscription as one token: until the caller leaves or unsubscribes. The time limit of a request applies only while the
/// source stream is created.
/// </summary>
internal sealed class SubscriptionLife : IDisposable
{
    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenRegistration _caller;

    public SubscriptionLife(RequestContext request, TimeSpan timeout, TimeProvider clock)
    {
        _end = new CancellationTokenSource(timeout, clock);
        _caller = request.CancellationToken.UnsafeRegister(static end => ((CancellationTokenSource)end!).Cancel(), _end);
    }

    /// <summary>Cancelled when the subscription ends.</summary>
    public CancellationToken Token => _end.Token;

    /// <summary>Called when the source stream exists. False if the time was up or the caller had left before.</summary>
    public bool TryBegin()
    {
        _end.CancelAfter(Timeout.InfiniteTimeSpan);
        return !_end.IsCancellationRequested;
    }

    /// <summary>Ends the subscription.</summary>
    public Task EndAsync() => _end.CancelAsync();

    public void Dispose()
    {
        _caller.Dispose();
        _end.Dispose();
    }
}

using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Execution.Subscribing;

/// <summary>
/// How long a subscription lives, as one token: until the caller leaves or unsubscribes. The time limit of a request holds while the source stream is
/// made, and not for the stream.
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

    /// <summary>Cancelled at the end.</summary>
    public CancellationToken Token => _end.Token;

    /// <summary>The stream has been made in time. False where the time was up, or the caller gone, before.</summary>
    public bool TryBegin()
    {
        _end.CancelAfter(Timeout.InfiniteTimeSpan);
        return !_end.IsCancellationRequested;
    }

    /// <summary>Ends it now.</summary>
    public Task EndAsync() => _end.CancelAsync();

    public void Dispose()
    {
        _caller.Dispose();
        _end.Dispose();
    }
}

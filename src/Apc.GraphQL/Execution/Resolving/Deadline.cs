namespace Apc.GraphQL.Execution.Resolving;

/// <summary>
/// The time limit of one request and the caller's patience, as one token. It is made when somebody first asks for it: most requests are
/// over before anybody could be cancelled.
/// </summary>
internal sealed class Deadline(TimeSpan timeout, TimeProvider clock, CancellationToken caller) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly long _start = clock.GetTimestamp();
    private CancellationTokenSource? _timer;
    private CancellationTokenSource? _both;

    /// <summary>Cancelled when the caller leaves or the time is up.</summary>
    public CancellationToken Token
    {
        get
        {
            if (timeout == Timeout.InfiniteTimeSpan)
            {
                return caller;
            }

            lock (_gate)
            {
                return (_both ??= Arm()).Token;
            }
        }
    }

    /// <summary>True once the time is up or the caller has left.</summary>
    public bool HasPassed => caller.IsCancellationRequested || _timer is { IsCancellationRequested: true };

    public void Dispose()
    {
        _both?.Dispose();
        _timer?.Dispose();
    }

    private CancellationTokenSource Arm()
    {
        var left = timeout - clock.GetElapsedTime(_start);
        _timer = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock);
        return caller.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(caller, _timer.Token) : _timer;
    }
}

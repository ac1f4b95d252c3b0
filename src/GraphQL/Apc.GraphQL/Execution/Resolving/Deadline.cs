namespace Apc.GraphQL.Execution.Resolving;

/// <summary>
/// The time limit of one request and the caller's cancellation in one token. The timer is made when the token is first requested, since
/// most requests end without it.
/// </summary>
internal sealed class Deadline(TimeSpan timeout, TimeProvider clock, CancellationToken caller) : IDisposable
{
    private readonly long _start = clock.GetTimestamp();
    private Alarm? _alarm;

    /// <summary>Cancelled when the caller leaves or the time is up. Thread-safe.</summary>
    public CancellationToken Token => timeout == Timeout.InfiniteTimeSpan ? caller : (_alarm ?? Arm()).Token;

    /// <summary>True once the time is up or the caller has left.</summary>
    public bool HasPassed => caller.IsCancellationRequested || _alarm is { IsUp: true };

    public void Dispose() => _alarm?.Dispose();

    private Alarm Arm()
    {
        var left = timeout - clock.GetElapsedTime(_start);
        var alarm = new Alarm(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock, caller);

        if (Interlocked.CompareExchange(ref _alarm, alarm, null) is not { } first)
        {
            return alarm;
        }

        alarm.Dispose();
        return first;
    }

    private sealed class Alarm : IDisposable
    {
        private readonly CancellationTokenSource _timer;
        private readonly CancellationTokenSource? _both;

        public Alarm(TimeSpan left, TimeProvider clock, CancellationToken caller)
        {
            _timer = new CancellationTokenSource(left, clock);
            _both = caller.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(caller, _timer.Token) : null;
        }

        public CancellationToken Token => (_both ?? _timer).Token;

        public bool IsUp => _timer.IsCancellationRequested;

        public void Dispose()
        {
            _both?.Dispose();
            _timer.Dispose();
        }
    }
}

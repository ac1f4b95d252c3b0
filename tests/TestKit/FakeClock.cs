namespace Apc.TestKit;

/// <summary>A clock that stands still until a test moves it. Timers fire in the order of their due times, on the thread that moves it.</summary>
public sealed class FakeClock(DateTimeOffset start) : TimeProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly List<FakeTimer> _armed = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];

    // The wall clock, which may jump, and the time since the start, which may not: timers and measurements go by the latter.
    private DateTimeOffset _wall = start;
    private TimeSpan _elapsed;
    private long _order;

    /// <summary>Begins on 1 January 2026, 12:00 UTC.</summary>
    public FakeClock()
        : this(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>UTC, so that a test behaves alike everywhere.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Ticks of 100 ns.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Timers that will fire, once or more often.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (_lock)
            {
                return _armed.Count;
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _wall;
        }
    }

    public override long GetTimestamp()
    {
        lock (_lock)
        {
            return _elapsed.Ticks;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock; what becomes due on the way fires at its own time, timers armed by those that fire included.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        TimeSpan target;

        lock (_lock)
        {
            target = _elapsed + by;
        }

        while (TakeDue(target) is { } due)
        {
            due.Fire();
        }
    }

    /// <summary>Sets the wall clock without moving time, as an administrator or a time server does; it may go back.</summary>
    public void Jump(TimeSpan by)
    {
        lock (_lock)
        {
            _wall += by;
        }
    }

    /// <summary>Waits until at least this many timers are armed: until the code under test sleeps.</summary>
    /// <exception cref="TimeoutException">They are not within half a minute of real time.</exception>
    public async Task WaitForTimersAsync(int count, CancellationToken cancellationToken)
    {
        TaskCompletionSource reached;

        lock (_lock)
        {
            if (_armed.Count >= count)
            {
                return;
            }

            reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, reached));
        }

        try
        {
            await reached.Task.WaitAsync(Patience, System, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{ArmedTimers} timers are armed, not {count}, after {Patience.TotalSeconds} seconds.");
        }
    }

    // The next timer that is due by then, the clock moved to its time; or null, the clock moved to the end.
    private FakeTimer? TakeDue(TimeSpan target)
    {
        lock (_lock)
        {
            var next = _armed.MinBy(timer => (timer.DueAt, timer.Order));
            var due = next is not null && next.DueAt <= target;
            MoveTo(due ? next!.DueAt : target);

            if (!due)
            {
                return null;
            }

            if (next!.Period > TimeSpan.Zero)
            {
                next.DueAt += next.Period;
                next.Order = _order++;
            }
            else
            {
                _armed.Remove(next);
            }

            return next;
        }
    }

    private void MoveTo(TimeSpan elapsed)
    {
        if (elapsed > _elapsed)
        {
            _wall += elapsed - _elapsed;
            _elapsed = elapsed;
        }
    }

    private void Arm(FakeTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            _armed.Remove(timer);

            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            timer.DueAt = _elapsed + dueTime;
            timer.Period = period == Timeout.InfiniteTimeSpan ? TimeSpan.Zero : period;
            timer.Order = _order++;
            _armed.Add(timer);

            foreach (var waiting in _waiting.Where(waiting => waiting.Count <= _armed.Count).ToList())
            {
                _waiting.Remove(waiting);
                waiting.Reached.SetResult();
            }
        }
    }

    private sealed class FakeTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        private volatile bool _disposed;

        public TimeSpan DueAt { get; set; }

        public TimeSpan Period { get; set; }

        public long Order { get; set; }

        public void Fire()
        {
            if (!_disposed)
            {
                callback(state);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_disposed)
            {
                return false;
            }

            // What is due at once does not wait for a test to move the clock.
            if (dueTime == TimeSpan.Zero)
            {
                ThreadPool.QueueUserWorkItem(_ => Fire());
                dueTime = period > TimeSpan.Zero ? period : Timeout.InfiniteTimeSpan;
            }

            clock.Arm(this, dueTime, period);
            return true;
        }

        public void Dispose()
        {
            _disposed = true;
            clock.Arm(this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

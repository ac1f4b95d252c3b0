using Microsoft.Extensions.Time.Testing;

namespace Apc.TestKit;

/// <summary>A clock that stands still until a test moves it, and that tells how many timers are armed: whether the code under test sleeps.</summary>
public sealed class FakeClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    /// <summary>1 January 2026, 12:00 UTC: when everything in a test's database happened, unless the test moves the clock.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly HashSet<CountedTimer> _armed = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];
    private TimeSpan _jumped;

    /// <summary>Begins at <see cref="Noon"/>.</summary>
    public FakeClock()
        : this(Noon)
    {
    }

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
            return base.GetUtcNow() + _jumped;
        }
    }

    // The library measures by the wall clock, which here may jump.
    public override long GetTimestamp() => base.GetUtcNow().Ticks;

    /// <summary>Sets the wall clock without moving time, as an administrator or a time server does; it may go back.</summary>
    public void Jump(TimeSpan by)
    {
        lock (_lock)
        {
            _jumped += by;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new CountedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
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

    private ITimer CreateUncountedTimer(TimerCallback callback) => base.CreateTimer(callback, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    private sealed class CountedTimer : ITimer
    {
        private readonly FakeClock _clock;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private readonly ITimer _timer;
        private bool _isPeriodic;
        private bool _isSpent;

        public CountedTimer(FakeClock clock, TimerCallback callback, object? state)
        {
            (_clock, _callback, _state) = (clock, callback, state);
            _timer = clock.CreateUncountedTimer(_ => Fire());
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_clock._lock)
            {
                _clock._armed.Remove(this);
                _isSpent = false;
                _isPeriodic = period > TimeSpan.Zero;
            }

            // As with real timers, what is due at once fires on another thread than the one that sets it, without a move of the clock.
            if (dueTime == TimeSpan.Zero)
            {
                ThreadPool.QueueUserWorkItem(_ => _callback(_state));
                dueTime = _isPeriodic ? period : Timeout.InfiniteTimeSpan;
            }

            if (!_timer.Change(dueTime, period))
            {
                return false;
            }

            lock (_clock._lock)
            {
                // Another thread may have moved the clock beyond it already.
                if (dueTime != Timeout.InfiniteTimeSpan && !_isSpent)
                {
                    _clock._armed.Add(this);
                }

                foreach (var waiting in _clock._waiting.Where(waiting => waiting.Count <= _clock._armed.Count).ToList())
                {
                    _clock._waiting.Remove(waiting);
                    waiting.Reached.SetResult();
                }
            }

            return true;
        }

        public void Dispose()
        {
            _timer.Dispose();
            Disarm();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Fire()
        {
            if (!_isPeriodic)
            {
                Disarm();
            }

            _callback(_state);
        }

        private void Disarm()
        {
            lock (_clock._lock)
            {
                _isSpent = true;
                _clock._armed.Remove(this);
            }
        }
    }
}

namespace Apc.ControlPlane.Api.Fleet.DataPlane;

/// <summary>
/// How many probes run at once. A few fast slots keep the machine busy with data planes that answer; a probe that is slow, or tried again,
/// moves to one of many slow slots, in which it costs a socket and delays no other probe.
/// </summary>
public sealed class ProbeSlots(DataPlaneOptions options, TimeProvider clock)
{
    private const int TimesTheUsual = 4;
    private const int ShareOfNews = 16;

    private static readonly TimeSpan LeastPatience = TimeSpan.FromMilliseconds(100);

    private long _usualTicks = options.SlowAfter.Ticks;

    public SemaphoreSlim Fast { get; } = new(options.MaxParallel);

    public SemaphoreSlim Slow { get; } = new(options.MaxSlow);

    public TimeProvider Clock => clock;

    /// <summary>
    /// When a probe without an answer is slow: after four times the usual time of an answer, so that a thousand data planes that fall
    /// silent do not hold fast slots for long; never later than the option.
    /// </summary>
    public TimeSpan SlowAfter
    {
        get
        {
            var ticks = Math.Max(TimesTheUsual * Volatile.Read(ref _usualTicks), LeastPatience.Ticks);
            return TimeSpan.FromTicks(Math.Min(ticks, options.SlowAfter.Ticks));
        }
    }

    /// <summary>Adds the time of an attempt to the estimate of the usual time.</summary>
    public void Learn(TimeSpan taken)
    {
        // Of two attempts that end at once one may be lost, which an estimate allows. A silent data plane counts as the limit of the
        // option.
        var usual = Volatile.Read(ref _usualTicks);
        Volatile.Write(ref _usualTicks, usual + ((Math.Min(taken.Ticks, options.SlowAfter.Ticks) - usual) / ShareOfNews));
    }

    /// <summary>Waits for a fast slot. Dispose the slot when the probe has ended.</summary>
    public async ValueTask<ProbeSlot> EnterAsync(CancellationToken cancellationToken)
    {
        await Fast.WaitAsync(cancellationToken);
        return ProbeSlot.Fast(this);
    }

    /// <summary>Waits for a slow slot, for a data plane that gave no answer last time.</summary>
    public async ValueTask<ProbeSlot> EnterSlowAsync(CancellationToken cancellationToken)
    {
        await Slow.WaitAsync(cancellationToken);
        return ProbeSlot.Slow(this);
    }
}

/// <summary>The slot of one probe: fast at first, slow after a while, none while the probe pauses.</summary>
public sealed class ProbeSlot : IDisposable
{
    // How often a slow probe asks again if all slow slots are taken.
    private static readonly TimeSpan RetryMove = TimeSpan.FromMilliseconds(250);

    private readonly ProbeSlots _slots;
    private readonly ITimer? _timer;
    private readonly long _entered;
    private bool _hasLeft;
    private int _place;

    private ProbeSlot(ProbeSlots slots, int place)
    {
        _slots = slots;
        _place = place;

        if (place == Place.Fast)
        {
            _entered = slots.Clock.GetTimestamp();
            _timer = slots.Clock.CreateTimer(
                static slot => ((ProbeSlot)slot!).MoveToSlow(), this, slots.SlowAfter, RetryMove);
        }
    }

    /// <summary>A fast slot, after its semaphore was entered.</summary>
    internal static ProbeSlot Fast(ProbeSlots slots) => new(slots, Place.Fast);

    /// <summary>A slow slot, after its semaphore was entered.</summary>
    internal static ProbeSlot Slow(ProbeSlots slots) => new(slots, Place.Slow);

    /// <summary>Releases the slot until <see cref="EnterSlowAsync"/>.</summary>
    public void Leave()
    {
        // Only first attempts that began in a fast slot count for the usual time.
        if (_timer is not null && !_hasLeft)
        {
            _hasLeft = true;
            _slots.Learn(_slots.Clock.GetElapsedTime(_entered));
        }

        switch (Interlocked.Exchange(ref _place, Place.None))
        {
            case Place.Fast:
                _slots.Fast.Release();
                break;
            case Place.Slow:
                _slots.Slow.Release();
                break;
        }
    }

    /// <summary>Waits for a slow slot, after <see cref="Leave"/>.</summary>
    public async ValueTask EnterSlowAsync(CancellationToken cancellationToken)
    {
        await _slots.Slow.WaitAsync(cancellationToken);
        Volatile.Write(ref _place, Place.Slow);
    }

    public void Dispose()
    {
        _timer?.Dispose();
        Leave();
    }

    private void MoveToSlow()
    {
        if (Volatile.Read(ref _place) != Place.Fast)
        {
            _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        // All slow slots are taken: the fast one is kept until the timer fires again.
        if (!_slots.Slow.Wait(TimeSpan.Zero))
        {
            return;
        }

        var wasFast = Interlocked.CompareExchange(ref _place, Place.Slow, Place.Fast) == Place.Fast;
        (wasFast ? _slots.Fast : _slots.Slow).Release();
    }

    private static class Place
    {
        public const int None = 0;
        public const int Fast = 1;
        public const int Slow = 2;
    }
}

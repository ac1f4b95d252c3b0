namespace Apc.ControlPlane.Api.Fleet.DataPlane;

/// <summary>
/// How many probes run at once. A few fast slots keep the machine busy with data planes that answer; a probe that is slow, or tried
/// again, moves to the many slow ones, where it costs a socket and delays nobody.
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
    /// When a probe without an answer is slow: some times what answers usually take, so that a thousand that are silent for the first
    /// time do not hold their fast slots for long; never later than the option says.
    /// </summary>
    public TimeSpan SlowAfter
    {
        get
        {
            var ticks = Math.Max(TimesTheUsual * Volatile.Read(ref _usualTicks), LeastPatience.Ticks);
            return TimeSpan.FromTicks(Math.Min(ticks, options.SlowAfter.Ticks));
        }
    }

    /// <summary>Takes note of how long an attempt took.</summary>
    public void Learn(TimeSpan taken)
    {
        // Of two that end at once one may be forgotten: it is an estimate. The silent do not count for more than the limit.
        var usual = Volatile.Read(ref _usualTicks);
        Volatile.Write(ref _usualTicks, usual + ((Math.Min(taken.Ticks, options.SlowAfter.Ticks) - usual) / ShareOfNews));
    }

    /// <summary>Waits for a fast slot. Dispose what it gives when the probe has ended.</summary>
    public async ValueTask<ProbeSlot> EnterAsync(CancellationToken cancellationToken)
    {
        await Fast.WaitAsync(cancellationToken);
        return ProbeSlot.Fast(this);
    }

    /// <summary>Waits for a slow slot: for a data plane that gave no answer last time, and may give none now.</summary>
    public async ValueTask<ProbeSlot> EnterSlowAsync(CancellationToken cancellationToken)
    {
        await Slow.WaitAsync(cancellationToken);
        return ProbeSlot.Slow(this);
    }
}

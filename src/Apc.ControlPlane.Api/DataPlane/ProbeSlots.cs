namespace Apc.ControlPlane.Api.DataPlane;

/// <summary>
/// How many probes run at once. A few fast slots keep the machine busy with data planes that answer; a probe that is slow, or tried
/// again, moves to the many slow ones, where it costs a socket and delays nobody.
/// </summary>
public sealed class ProbeSlots(DataPlaneOptions options, TimeProvider clock)
{
    public SemaphoreSlim Fast { get; } = new(options.MaxParallel);

    public SemaphoreSlim Slow { get; } = new(options.MaxSlow);

    public TimeSpan SlowAfter => options.SlowAfter;

    public TimeProvider Clock => clock;

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

namespace Apc.ControlPlane.Api.Common.Time;

/// <summary>The database's time, which all replicas share: measured now and then, and kept going between by this machine's monotonic clock.</summary>
/// <remarks>So a machine whose wall clock is wrong, or jumps, writes no wrong times. Until it is measured for the first time this is the machine's own time.</remarks>
/// <param name="machine">The machine's clock.</param>
public sealed class DatabaseClock(TimeProvider machine) : TimeProvider
{
    private volatile Anchor? _anchor;

    /// <summary>The clock of this machine, as it is.</summary>
    public TimeProvider Machine => machine;

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _anchor is { } anchor ? anchor.At + machine.GetElapsedTime(anchor.Timestamp) : machine.GetUtcNow();

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Goes by this from now on, unless what is gone by lies within the doubt: time that is right does not jump.</summary>
    /// <param name="now">The database's time.</param>
    /// <param name="doubt">By how much it may be wrong.</param>
    public void Set(DateTimeOffset now, TimeSpan doubt)
    {
        if (_anchor is null || (GetUtcNow() - now).Duration() > doubt)
        {
            _anchor = new Anchor(now, machine.GetTimestamp());
        }
    }

    private sealed record Anchor(DateTimeOffset At, long Timestamp);
}

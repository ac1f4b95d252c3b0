namespace Apc.ControlPlane.Api.Common.Time;

/// <summary>The database's time, which all replicas share. Between measurements it is advanced by this machine's monotonic clock.</summary>
/// <remarks>
/// A machine whose wall clock is wrong or jumps thus writes no wrong times. Before the first measurement it is the machine's time.
/// </remarks>
public sealed class DatabaseClock(TimeProvider machine) : TimeProvider
{
    private volatile Anchor? _anchor;

    /// <summary>The clock of this machine.</summary>
    public TimeProvider Machine => machine;

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override DateTimeOffset GetUtcNow()
        => _anchor is { } anchor ? anchor.At + machine.GetElapsedTime(anchor.Timestamp) : machine.GetUtcNow();

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        => machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>
    /// Sets the database's time, unless the current value is within the error of the measurement, so that a correct time does not jump.
    /// </summary>
    /// <param name="doubt">The largest error of <paramref name="now"/>.</param>
    public void Set(DateTimeOffset now, TimeSpan doubt)
    {
        if (_anchor is null || (GetUtcNow() - now).Duration() > doubt)
        {
            _anchor = new Anchor(now, machine.GetTimestamp());
        }
    }

    private sealed record Anchor(DateTimeOffset At, long Timestamp);
}

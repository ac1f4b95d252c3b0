namespace Apc.ControlPlane.Api.Tests.Fleet.DataPlane;

/// <summary>A clock that runs faster than the wall's, so that pauses and deadlines are met over real sockets without waiting for them.</summary>
internal sealed class HurriedClock(int speed) : TimeProvider
{
    private readonly DateTimeOffset _start = System.GetUtcNow();
    private readonly long _startTimestamp = System.GetTimestamp();

    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp() => _startTimestamp + ((System.GetTimestamp() - _startTimestamp) * speed);

    public override DateTimeOffset GetUtcNow() => _start + GetElapsedTime(_startTimestamp);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        => new Timer(System.CreateTimer(callback, state, Shorten(dueTime), Shorten(period)), this);

    private TimeSpan Shorten(TimeSpan time) => time <= TimeSpan.Zero ? time : time / speed;

    private sealed class Timer(ITimer timer, HurriedClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(clock.Shorten(dueTime), clock.Shorten(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}

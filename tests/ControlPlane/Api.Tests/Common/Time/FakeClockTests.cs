using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Common.Time;

/// <summary>What tests rely on beyond what <see cref="Microsoft.Extensions.Time.Testing.FakeTimeProvider"/> promises.</summary>
public sealed class FakeClockTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private readonly FakeClock _clock = new(FakeClock.Noon);
    private readonly List<string> _fired = [];

    [Fact]
    public void Timers_are_armed_until_they_have_fired_for_the_last_time_or_are_disposed()
    {
        using var once = Timer("once", TimeSpan.FromSeconds(1));
        using var periodic = Timer("tick", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        var disposed = Timer("disposed", TimeSpan.FromSeconds(1));
        using var never = Timer("never", Timeout.InfiniteTimeSpan);
        Assert.Equal(3, _clock.ArmedTimers);

        disposed.Dispose();
        Assert.Equal(2, _clock.ArmedTimers);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, _clock.ArmedTimers);
        once.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        Assert.Equal(2, _clock.ArmedTimers);
        Assert.Equal(["once", "tick", "tick"], _fired.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Waits_until_the_code_under_test_sleeps()
    {
        var sleeper = Task.Run(() => Task.Delay(TimeSpan.FromHours(1), _clock, Cancelled), Cancelled);

        await _clock.WaitForTimersAsync(1, Cancelled);
        _clock.Advance(TimeSpan.FromHours(1));

        await sleeper;
    }

    [Fact]
    public void What_is_due_at_once_fires_on_another_thread_and_waits_for_nobody()
    {
        using var fired = new ManualResetEventSlim();
        var threads = new HashSet<int>();

        using var timer = _clock.CreateTimer(_ => { threads.Add(Environment.CurrentManagedThreadId); fired.Set(); }, null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        fired.Wait(Cancelled);
        Assert.DoesNotContain(Environment.CurrentManagedThreadId, threads);
    }

    [Fact]
    public void A_jump_moves_the_wall_clock_but_neither_timers_nor_measured_time()
    {
        using var timer = Timer("timer", TimeSpan.FromMinutes(1));
        var start = _clock.GetTimestamp();

        _clock.Jump(TimeSpan.FromHours(-2));
        Assert.Equal(FakeClock.Noon.AddHours(-2), _clock.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, _clock.GetElapsedTime(start));

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(_fired);
    }

    private ITimer Timer(string name, TimeSpan dueTime, TimeSpan? period = null)
        => _clock.CreateTimer(_ => _fired.Add(name), null, dueTime, period ?? Timeout.InfiniteTimeSpan);
}

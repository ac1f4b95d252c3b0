using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Data;

/// <summary>What every test that moves time relies on.</summary>
public sealed class FakeClockTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private readonly FakeClock _clock = new(TestClusters.Noon);
    private readonly List<string> _fired = [];

    [Fact]
    public void Timers_fire_in_the_order_of_their_due_times_each_at_its_own_time()
    {
        using var late = Timer("late", TimeSpan.FromSeconds(3));
        using var early = Timer("early", TimeSpan.FromSeconds(1));
        using var periodic = Timer("tick", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(["early 1", "tick 1", "tick 2", "late 3", "tick 3"], _fired);
        Assert.Equal(TestClusters.Noon.AddSeconds(3), _clock.GetUtcNow());
    }

    [Fact]
    public void A_timer_that_is_not_due_or_is_disposed_does_not_fire()
    {
        using var pending = Timer("pending", TimeSpan.FromSeconds(10));
        Timer("disposed", TimeSpan.FromSeconds(1)).Dispose();

        _clock.Advance(TimeSpan.FromSeconds(9));

        Assert.Empty(_fired);
        Assert.Equal(1, _clock.ArmedTimers);
    }

    [Fact]
    public async Task A_delay_ends_when_the_clock_has_moved_far_enough()
    {
        var delay = Task.Delay(TimeSpan.FromHours(1), _clock, Cancelled);
        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.False(delay.IsCompleted);

        _clock.Advance(TimeSpan.FromMinutes(1));

        await delay;
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
    public void Measures_elapsed_time()
    {
        var start = _clock.GetTimestamp();

        _clock.Advance(TimeSpan.FromMilliseconds(1500));

        Assert.Equal(TimeSpan.FromMilliseconds(1500), _clock.GetElapsedTime(start));
    }

    [Fact]
    public void A_jump_moves_the_wall_clock_but_neither_timers_nor_measured_time()
    {
        using var timer = Timer("timer", TimeSpan.FromMinutes(1));
        var start = _clock.GetTimestamp();

        _clock.Jump(TimeSpan.FromHours(-2));
        Assert.Equal(TestClusters.Noon.AddHours(-2), _clock.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, _clock.GetElapsedTime(start));

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(_fired);
    }

    private ITimer Timer(string name, TimeSpan dueTime, TimeSpan? period = null)
        => _clock.CreateTimer(
            _ => _fired.Add($"{name} {(_clock.GetUtcNow() - TestClusters.Noon).TotalSeconds}"), null, dueTime, period ?? Timeout.InfiniteTimeSpan);
}

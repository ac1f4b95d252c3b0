using Apc.ControlPlane.Api.Fleet.DataPlane;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.DataPlane;

public class ProbeSlotsTests
{
    private readonly FakeClock _clock = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_probe_without_an_answer_frees_its_fast_place_after_half_a_second()
    {
        var slots = Slots(fast: 1, slow: 1);
        using var slot = await slots.EnterAsync(Stop);
        var next = slots.EnterAsync(Stop).AsTask();

        _clock.Advance(TimeSpan.FromMilliseconds(499));
        Assert.False(next.IsCompleted);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        using var second = await next;
        Assert.Equal((0, 0), (slots.Fast.CurrentCount, slots.Slow.CurrentCount));
    }

    [Fact]
    public async Task Where_answers_usually_take_little_time_the_fast_place_is_freed_sooner()
    {
        var slots = Slots(fast: 1, slow: 1);
        Assert.Equal(TimeSpan.FromMilliseconds(500), slots.SlowAfter);

        for (var i = 0; i < 200; i++)
        {
            using (await slots.EnterAsync(Stop))
            {
                _clock.Advance(TimeSpan.FromMilliseconds(30));
            }
        }

        Assert.InRange(slots.SlowAfter.TotalMilliseconds, 119, 125);
        using var slot = await slots.EnterAsync(Stop);
        _clock.Advance(TimeSpan.FromMilliseconds(126));
        Assert.Equal((1, 0), (slots.Fast.CurrentCount, slots.Slow.CurrentCount));
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(5000, 500)]
    public async Task It_is_never_freed_at_once_and_never_later_than_the_option_says(int takes, int expected)
    {
        var slots = Slots(fast: 1, slow: 1);

        for (var i = 0; i < 200; i++)
        {
            using (await slots.EnterAsync(Stop))
            {
                _clock.Advance(TimeSpan.FromMilliseconds(takes));
            }
        }

        Assert.Equal(TimeSpan.FromMilliseconds(expected), slots.SlowAfter);
    }

    [Fact]
    public async Task Where_no_slow_place_is_free_the_fast_one_is_kept_until_there_is()
    {
        var slots = Slots(fast: 2, slow: 1);
        var first = await slots.EnterAsync(Stop);
        using var second = await slots.EnterAsync(Stop);

        _clock.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal((1, 0), (slots.Fast.CurrentCount, slots.Slow.CurrentCount));

        first.Dispose();
        _clock.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal((2, 0), (slots.Fast.CurrentCount, slots.Slow.CurrentCount));
    }

    [Fact]
    public async Task A_retry_holds_no_place_while_it_pauses_and_comes_back_as_a_slow_one()
    {
        var slots = Slots(fast: 1, slow: 1);
        var slot = await slots.EnterAsync(Stop);

        slot.Leave();
        Assert.Equal((1, 1), (slots.Fast.CurrentCount, slots.Slow.CurrentCount));

        await slot.EnterSlowAsync(Stop);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((1, 0), (slots.Fast.CurrentCount, slots.Slow.CurrentCount));

        slot.Dispose();
        slot.Dispose();
        Assert.Equal((1, 1), (slots.Fast.CurrentCount, slots.Slow.CurrentCount));
    }

    [Fact]
    public async Task No_place_is_lost_or_doubled_when_the_move_and_the_end_meet()
    {
        var slots = Slots(fast: 4, slow: 4);

        for (var i = 0; i < 2000; i++)
        {
            var slot = await slots.EnterAsync(Stop);
            await Task.WhenAll(
                Task.Run(() => _clock.Advance(TimeSpan.FromMilliseconds(500)), Stop),
                Task.Run(slot.Dispose, Stop));
        }

        Assert.Equal((4, 4), (slots.Fast.CurrentCount, slots.Slow.CurrentCount));
    }

    private ProbeSlots Slots(int fast, int slow) => new(new DataPlaneOptions { MaxParallel = fast, MaxSlow = slow }, _clock);
}

using Apc.ControlPlane.Api.Common.Time;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Common.Time;

public sealed class DatabaseClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeClock _machine = new(Noon);
    private readonly DatabaseClock _clock;

    public DatabaseClockTests() => _clock = new DatabaseClock(_machine);

    [Fact]
    public void Is_the_machines_until_it_is_measured() => Assert.Equal(Noon, _clock.GetUtcNow());

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public void Goes_on_from_what_was_measured_whatever_the_machines_wall_clock_does(int hours)
    {
        _clock.Set(Noon.AddHours(-1), TimeSpan.Zero);

        _machine.Jump(TimeSpan.FromHours(hours));
        _machine.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(Noon.AddMinutes(-55), _clock.GetUtcNow());
    }

    [Fact]
    public void Does_not_jump_within_the_doubt_of_a_measurement()
    {
        _clock.Set(Noon, TimeSpan.Zero);

        _clock.Set(Noon.AddMilliseconds(20), TimeSpan.FromMilliseconds(20));
        Assert.Equal(Noon, _clock.GetUtcNow());

        _clock.Set(Noon.AddMilliseconds(21), TimeSpan.FromMilliseconds(20));
        Assert.Equal(Noon.AddMilliseconds(21), _clock.GetUtcNow());
    }
}

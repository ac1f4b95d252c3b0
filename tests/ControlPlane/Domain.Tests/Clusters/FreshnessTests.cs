using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Domain.Tests.Clusters;

public sealed class FreshnessTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, Freshness.Fresh)]
    [InlineData(130 * 60, Freshness.Fresh)]
    [InlineData((130 * 60) + 1, Freshness.Stale)]
    [InlineData(-5, Freshness.Fresh)]
    [InlineData(-6, Freshness.Stale)]
    [InlineData(-365 * 24 * 3600, Freshness.Stale)]
    public void An_answer_is_fresh_while_it_is_young_and_never_where_it_is_dated_in_the_future(int ageInSeconds, Freshness expected)
        => Assert.Equal(expected, FreshnessLimit.ForPeriod(TimeSpan.FromHours(1)).Judge(Now.AddSeconds(-ageInSeconds), Now));

    [Fact]
    public void What_never_answered_is_neither()
        => Assert.Equal(Freshness.Never, FreshnessLimit.ForPeriod(TimeSpan.FromHours(1)).Judge(null, Now));
}

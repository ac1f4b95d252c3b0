using System.ComponentModel.DataAnnotations;
using Apc.ControlPlane.Api.Common.Scheduling;
using Apc.ControlPlane.Api.Fleet.Sweeps;

namespace Apc.ControlPlane.Api.Tests.Fleet.Sweeps;

public class SweepScheduleTests
{
    private const string Allowed = "Allowed are five fields as in crontab, such as 0 * * * *, or six or seven as Quartz has them, in UTC.";

    [Theory]
    [InlineData("0 * * * *", "2026-01-01T12:34:56Z", "2026-01-01T12:00:00Z")]
    [InlineData("0 * * * *", "2026-01-01T12:00:00Z", "2026-01-01T12:00:00Z")]
    [InlineData("0 * * * *", "2026-01-01T12:00:00.001Z", "2026-01-01T12:00:00Z")]
    [InlineData("0 * * * *", "2026-01-01T11:59:59.999Z", "2026-01-01T11:00:00Z")]
    [InlineData("0 * * * *", "2026-01-01T13:59:59+02:00", "2026-01-01T11:00:00Z")]
    [InlineData("*/15 * * * *", "2026-01-01T12:34:56Z", "2026-01-01T12:30:00Z")]
    [InlineData("30 4 * * 1", "2026-01-01T12:34:56Z", "2025-12-29T04:30:00Z")]
    [InlineData("@hourly", "2026-01-01T12:34:56Z", "2026-01-01T12:00:00Z")]
    [InlineData("*/10 * * * * ?", "2026-01-01T12:34:56Z", "2026-01-01T12:34:50Z")]
    [InlineData("0 0 12 * * ? *", "2026-01-01T12:34:56Z", "2026-01-01T12:00:00Z")]
    [InlineData(" 0  0 * * 0 ", "2026-01-01T12:34:56Z", "2025-12-28T00:00:00Z")]
    public void Knows_the_latest_tick(string text, string at, string expected)
    {
        Assert.True(SweepSchedule.TryParse(text, out var schedule, out var problem), problem);

        Assert.Equal(Time(expected), schedule.LatestTick(Time(at)));
    }

    [Theory]
    [InlineData("0 * * * *", 60)]
    [InlineData("*/7 * * * *", 7)]
    [InlineData("0 9,17 * * *", 16 * 60)]
    [InlineData("0 0 1 * *", 31 * 24 * 60)]
    public void Knows_the_longest_wait(string text, int minutes)
    {
        Assert.True(SweepSchedule.TryParse(text, out var schedule, out _));

        Assert.Equal(TimeSpan.FromMinutes(minutes), schedule.Period(Time("2026-01-01T12:34:56Z")));
    }

    [Theory]
    [InlineData("", "this is no schedule.")]
    [InlineData("hourly", "this is no schedule.")]
    [InlineData("61 * * * *", "this is no schedule.")]
    [InlineData("* * * *", "this is no schedule.")]
    [InlineData("* * * * * * * *", "this is no schedule.")]
    [InlineData("@reboot", "this is no schedule.")]
    [InlineData("0 0 31 2 *", "it never fires.")]
    [InlineData("0 0 0 1 1 ? 2020", "it never fires.")]
    public void Says_what_is_wrong_and_what_is_allowed(string text, string problem)
    {
        var options = new SyncDataplaneClustersOptions { Schedule = text };

        Assert.Equal(
            [$"Houston:SyncDataplaneClusters:Schedule is '{text}': {problem} {Allowed}"],
            options.Validate(new ValidationContext(options)).Select(result => result.ErrorMessage));
    }

    [Fact]
    public void Every_full_hour_unless_set()
    {
        var options = new SyncDataplaneClustersOptions();

        Assert.Empty(options.Validate(new ValidationContext(options)));
        Assert.Equal((true, "0 * * * *"), (options.Enabled, options.Schedule));
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

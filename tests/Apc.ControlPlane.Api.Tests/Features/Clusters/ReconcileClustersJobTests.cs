using Apc.ControlPlane.Data;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Features.Clusters;

/// <summary>The schedule, on real hosts with a clock that the test moves.</summary>
public sealed class ReconcileClustersJobTests(FleetFixture fleet) : IClassFixture<FleetFixture>, IAsyncLifetime
{
    // Time goes on while the test waits: the scheduler may have begun to sleep only after the clock was moved.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private static readonly string[] Hourly = ["Houston:SyncDataplaneClusters:Enabled=true"];

    private readonly FakeClock _clock = new(new DateTimeOffset(2026, 1, 1, 12, 30, 0, TimeSpan.Zero));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await fleet.ResetAsync(Stop);
        await fleet.Database.ExecuteAsync("TRUNCATE quartz.qrtz_job_details CASCADE", Stop);
        await fleet.RegisterAsync(3, Stop);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact(Timeout = 120_000)]
    public async Task A_tick_is_swept_once_by_two_hosts()
    {
        await using var first = await ApiHost.StartAsync(fleet.Database, _clock, Hourly);
        await using var second = await ApiHost.StartAsync(fleet.Database, _clock, Hourly);

        for (var hour = 13; hour < 16; hour++)
        {
            _clock.Advance(TimeSpan.FromHours(hour) - _clock.GetUtcNow().TimeOfDay);
            await EndsAsync(hour - 12);
        }

        Assert.Equal(
            ["13:00 COMPLETED 3 0 0 1 f t", "14:00 COMPLETED 3 0 0 1 f t", "15:00 COMPLETED 3 0 0 1 f t"],
            (await fleet.Database.RunsAsync(Stop)).Select(WithoutReplica));
        Assert.Equal(9, fleet.DataPlanes.Probes.Requests);
    }

    [Fact(Timeout = 120_000)]
    public async Task Ticks_that_were_missed_while_everything_was_down_are_made_up_for_once_at_the_start()
    {
        await using (await ApiHost.StartAsync(fleet.Database, _clock, Hourly))
        {
        }

        _clock.Advance(TimeSpan.FromHours(5));
        await using var host = await ApiHost.StartAsync(fleet.Database, _clock, Hourly);
        await EndsAsync(1);
        _clock.Advance(TimeSpan.FromMinutes(30));
        await EndsAsync(2);

        Assert.Equal(
            ["17:00 COMPLETED 3 0 0 1 f t", "18:00 COMPLETED 3 0 0 1 f t"],
            (await fleet.Database.RunsAsync(Stop)).Select(WithoutReplica));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_schedule_that_was_switched_off_fires_no_more_though_it_is_still_stored()
    {
        await using (await ApiHost.StartAsync(fleet.Database, _clock, Hourly))
        {
        }

        await using var host = await ApiHost.StartAsync(fleet.Database, _clock);
        _clock.Advance(TimeSpan.FromHours(1));

        while ((await fleet.Database.QueryAsync<long>("SELECT count(*) FROM quartz.qrtz_cron_triggers", Stop))[0] > 0)
        {
            _clock.Advance(Moment);
        }

        Assert.Empty(await fleet.Database.RunsAsync(Stop));
    }

    private async Task EndsAsync(int runs)
    {
        while ((await fleet.Database.QueryAsync<long>(
            $"SELECT count(*) FROM {HoustonNames.ClusterSyncRun} WHERE outcome = 'COMPLETED'", Stop))[0] < runs)
        {
            await Task.Yield();
        }
    }

    private static string WithoutReplica(string run)
    {
        var words = run.Split(' ').ToList();
        words.RemoveAt(5);
        return string.Join(' ', words);
    }
}

using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Data;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Sweeps;

/// <summary>The schedule, on real hosts with a clock that the test moves.</summary>
public sealed class ReconcileClustersJobTests(FleetFixture fleet) : IClassFixture<FleetFixture>, IAsyncLifetime
{
    // Time goes on while a test waits: the scheduler may have begun to sleep only after the clock was moved. About as fast as real time, so that no probe is late.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

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

        await UntilAsync("SELECT count(*) = 0 FROM quartz.qrtz_cron_triggers");

        Assert.Empty(await fleet.Database.RunsAsync(Stop));
    }

    private Task EndsAsync(int runs)
        => UntilAsync($"SELECT count(*) >= {runs} FROM {HoustonNames.ClusterSyncRun} WHERE outcome = 'COMPLETED'");

    private async Task UntilAsync(string condition)
    {
        while (!(await fleet.Database.QueryAsync<bool>(condition, Stop))[0])
        {
            _clock.Advance(Moment);
        }
    }

    private static string WithoutReplica(string run)
    {
        var words = run.Split(' ').ToList();
        words.RemoveAt(5);
        return string.Join(' ', words);
    }
}

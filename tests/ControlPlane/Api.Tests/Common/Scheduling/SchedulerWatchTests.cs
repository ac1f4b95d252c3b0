using Apc.ControlPlane.Api.Common.Scheduling;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Apc.ControlPlane.Api.Tests.Common.Scheduling;

/// <summary>Schedules in a real store that would not fire as it stands.</summary>
public sealed class SchedulerWatchTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string Year = "365::bigint * 24 * 3600 * 10000000";

    private const string State = "SELECT concat_ws(' ', trigger_state, next_fire_time, start_time <= (extract(epoch from now()) * 10000000)::bigint + 621355968000000000) FROM quartz.qrtz_triggers WHERE job_name = 'reconcile-clusters'";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [InlineData($"UPDATE quartz.qrtz_triggers SET next_fire_time = next_fire_time + {Year}", 1)]
    [InlineData("UPDATE quartz.qrtz_triggers SET next_fire_time = next_fire_time + 3::bigint * 3600 * 10000000", 1)]
    [InlineData($"UPDATE quartz.qrtz_triggers SET start_time = start_time + {Year}", 1)]
    [InlineData("UPDATE quartz.qrtz_triggers SET trigger_state = 'ERROR'", 1)]
    [InlineData("UPDATE quartz.qrtz_triggers SET trigger_state = 'PAUSED'", 1)]
    [InlineData("UPDATE quartz.qrtz_triggers SET trigger_state = 'PAUSED_BLOCKED'", 1)]
    [InlineData("UPDATE quartz.qrtz_triggers SET trigger_state = 'BLOCKED'", 2)]
    [InlineData("UPDATE quartz.qrtz_triggers SET trigger_state = 'ACQUIRED'", 2)]
    [InlineData("DELETE FROM quartz.qrtz_cron_triggers; DELETE FROM quartz.qrtz_triggers", 1)]
    public async Task Arms_anew_what_would_not_fire_when_it_should(string damage, int looks)
    {
        await using var host = await StartAsync();
        var watch = host.Services.GetRequiredService<SchedulerWatch>();
        await watch.StopAsync(Stop);
        var before = await database.QueryAsync<string>(State, Stop);
        await database.ExecuteAsync(damage, Stop);

        for (var i = 0; i < looks; i++)
        {
            Assert.NotEqual(before, await database.QueryAsync<string>(State, Stop));
            await watch.LookAsync(Stop);
        }

        Assert.Equal(before, await database.QueryAsync<string>(State, Stop));
    }

    [Fact(Timeout = 60_000)]
    public async Task Leaves_alone_what_will_fire()
    {
        await using var host = await StartAsync();
        var watch = host.Services.GetRequiredService<SchedulerWatch>();
        await watch.StopAsync(Stop);
        const string Versions = "SELECT concat_ws(' ', xmin, ctid) FROM quartz.qrtz_triggers";
        var before = await database.QueryAsync<string>(Versions, Stop);

        await watch.LookAsync(Stop);
        await watch.LookAsync(Stop);

        Assert.Equal(before, await database.QueryAsync<string>(Versions, Stop));
    }

    /// <summary>A host whose only schedule comes once an hour and not soon, so that nothing fires meanwhile.</summary>
    private async Task<ApiHost> StartAsync()
    {
        await database.ExecuteAsync("TRUNCATE quartz.qrtz_job_details CASCADE", Stop);
        var soon = TimeProvider.System.GetUtcNow().AddMinutes(40);
        return await ApiHost.StartAsync(
            database, clock: null, "Houston:SyncDataplaneClusters:Enabled=true", FormattableString.Invariant($"Houston:SyncDataplaneClusters:Schedule={soon.Minute} * * * *"));
    }
}

using System.Net;
using Apc.ControlPlane.Api.Common.Scheduling;
using Apc.ControlPlane.Api.Tests.Hosting.Limits;
using Apc.ControlPlane.Data;
using Apc.Simulation;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Apc.ControlPlane.Api.Tests.Common.Time;

/// <summary>What a replica leaves whose clock was a year ahead: every time that is stored anywhere, moved by a year.</summary>
[Collection(nameof(Alone))]
public sealed class FutureTimesTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private const string EverySecond = "* * * * * ?";

    // All columns of a time there are, whoever adds one; and all ticks of .NET in the scheduler's tables.
    private const string IntoTheFuture =
        """
        DO $$
        DECLARE c record;
        BEGIN
            FOR c IN
                SELECT table_schema, table_name, column_name, udt_name FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
                WHERE table_type = 'BASE TABLE' AND is_generated = 'NEVER' AND (
                    (table_schema = 'houston$default' AND udt_name IN ('timestamptz', 'timestamp', '_timestamptz'))
                    OR (table_schema = 'quartz' AND udt_name = 'int8' AND column_name ~ '_(time|at)$'))
            LOOP
                EXECUTE format(
                    CASE c.udt_name WHEN 'int8'
                        THEN 'UPDATE %1$I.%2$I SET %3$I = %3$I + 365::bigint * 24 * 3600 * 10000000 WHERE %3$I > 600000000000000000'
                        WHEN '_timestamptz' THEN 'UPDATE %1$I.%2$I SET %3$I = array(SELECT t + interval ''1 year'' FROM unnest(%3$I) t)'
                        ELSE 'UPDATE %1$I.%2$I SET %3$I = %3$I + interval ''1 year''' END,
                    c.table_schema, c.table_name, c.column_name);
            END LOOP;
        END $$
        """;

    private static readonly string[] Scheduled =
    [
        "Houston:SyncDataplaneClusters:Enabled=true", $"Houston:SyncDataplaneClusters:Schedule={EverySecond}",
        "Houston:CleanupClusterAudits:Enabled=true", $"Houston:CleanupClusterAudits:Schedule={EverySecond}",
    ];

    private DataPlaneSimulator _dataPlanes = null!;
    private string _key = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await database.ExecuteAsync("""TRUNCATE houston$default."User", houston$default."Cluster", houston$default."ClusterSyncRun", houston$default."ServiceAccount", quartz.qrtz_job_details, quartz.qrtz_fired_triggers, quartz.qrtz_scheduler_state CASCADE""", Stop);
        _dataPlanes = await DataPlaneSimulator.StartAsync(cancellationToken: Stop);
        await using var host = await ApiHost.StartAsync(database, clock: null, Scheduled);
        using var admin = await host.SignInAsAdminAsync(Stop);

        foreach (var name in new[] { "one", "two" })
        {
            await admin.SendAsync("mutation($name: String!, $url: String!) { registerCluster(name: $name, metadataUrl: $url) { id } }", new { name, url = _dataPlanes.MetadataUrl(name) }, Stop);
        }

        _key = (await admin.SendAsync("""mutation { createServiceAccount(label: "robot", entityType: SYSTEM, role: SYSTEM_VIEWER) { apiKey } }""", cancellationToken: Stop))
            .Text("createServiceAccount.apiKey");
        await UseKeyAsync(host);
        await SweptAsync();
        await FiredAsync();
    }

    public async ValueTask DisposeAsync() => await _dataPlanes.DisposeAsync();

    [Fact(Timeout = 120_000)]
    public async Task Are_not_believed_by_a_host_that_starts()
    {
        await database.ExecuteAsync(IntoTheFuture, Stop);
        await UntilAsync("""SELECT min("observedAt") > now() + interval '300 days' FROM houston$default."ClusterObservation" """);

        // Nothing is swept yet: what is stored has to speak for itself.
        await using (var quiet = await ApiHost.StartAsync(database, clock: null))
        {
            using var reader = await quiet.SignInAsAdminAsync(Stop);
            Assert.Equal(
                """{"data":{"paginatedClusters":{"clusters":[{"freshness":"STALE"},{"freshness":"STALE"}],"count":2},"fresh":{"count":0},"stale":{"count":2},"never":{"count":0}}}""",
                (await reader.SendAsync(
                    """
                    { paginatedClusters { clusters { freshness } count } fresh: paginatedClusters(freshness: FRESH) { count }
                      stale: paginatedClusters(freshness: STALE) { count } never: paginatedClusters(freshness: NEVER) { count } }
                    """,
                    cancellationToken: Stop)).Body);
        }

        await using var host = await ApiHost.StartAsync(database, clock: null, Scheduled);
        await SweptAsync();
        await FiredAsync();

        using var admin = await host.SignInAsAdminAsync(Stop);
        Assert.Equal(
            """{"data":{"paginatedClusters":{"clusters":[{"freshness":"FRESH"},{"freshness":"FRESH"}],"count":2},"fresh":{"count":2}}}""",
            (await admin.SendAsync("{ paginatedClusters { clusters { freshness } count } fresh: paginatedClusters(freshness: FRESH) { count } }", cancellationToken: Stop)).Body);
        Assert.Equal((HttpStatusCode.OK, """{"ready":true}"""), await ReadyAsync(host));
        await UseKeyAsync(host);
    }

    [Fact(Timeout = 120_000)]
    public async Task Are_not_believed_by_a_host_that_runs()
    {
        await using var host = await ApiHost.StartAsync(database, clock: null, Scheduled);
        await SweptAsync();

        await database.ExecuteAsync(IntoTheFuture, Stop);
        await host.Services.GetRequiredService<SchedulerWatch>().LookAsync(Stop);

        await SweptAsync();
        await FiredAsync();
        using var admin = await host.SignInAsAdminAsync(Stop);
        Assert.Equal("""{"data":{"self":{"user":{"username":"admin@example.com"}}}}""", (await admin.SendAsync("{ self { user { username } } }", cancellationToken: Stop)).Body);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_trigger_that_a_dead_replica_holds_with_a_sign_of_life_in_the_future_is_freed()
    {
        await database.ExecuteAsync(
            """
            INSERT INTO quartz.qrtz_scheduler_state (sched_name, instance_name, last_checkin_time, checkin_interval)
            SELECT 'control-plane', 'dead', (extract(epoch from now()) * 10000000)::bigint + 621355968000000000 + 365::bigint * 24 * 3600 * 10000000, 5000;
            INSERT INTO quartz.qrtz_fired_triggers (sched_name, entry_id, trigger_name, trigger_group, instance_name, fired_time, sched_time, priority, state, job_name, job_group, is_nonconcurrent, requests_recovery)
            SELECT sched_name, 'dead1', trigger_name, trigger_group, 'dead', next_fire_time, next_fire_time, 5, 'EXECUTING', job_name, job_group, true, false
            FROM quartz.qrtz_triggers WHERE job_name = 'reconcile-clusters';
            UPDATE quartz.qrtz_triggers SET trigger_state = 'BLOCKED' WHERE job_name = 'reconcile-clusters';
            """,
            Stop);

        await using var host = await ApiHost.StartAsync(database, clock: null, Scheduled);

        await SweptAsync();
    }

    /// <summary>Waits for a sweep of a tick that is not over yet.</summary>
    private Task SweptAsync()
        => UntilAsync(
            $"""
            SELECT EXISTS (SELECT FROM {HoustonNames.ClusterSyncRun} WHERE outcome = 'COMPLETED' AND "dueAt" BETWEEN '{Now():O}' AND now() + interval '1 minute')
            """);

    /// <summary>Waits until every schedule has fired.</summary>
    private Task FiredAsync()
        => UntilAsync(
            $"""
            SELECT count(*) = 2 AND bool_and(prev_fire_time BETWEEN {Now().UtcTicks} AND {Now().AddMinutes(5).UtcTicks}) FROM quartz.qrtz_triggers
            """);

    /// <summary>Uses the key of a service account, and waits until that is noted with a time of today.</summary>
    private async Task UseKeyAsync(ApiHost host)
    {
        using var robot = host.Anonymous.As(_key);
        Assert.Equal("""{"data":{"self":{"isAdmin":false}}}""", (await robot.SendAsync("{ self { isAdmin } }", cancellationToken: Stop)).Body);
        await UntilAsync(
            """
            SELECT coalesce(k."lastUsedAt" <= now() AND s."lastUsedAt" <= now(), false)
            FROM houston$default."ServiceAccountKey" k JOIN houston$default."ServiceAccount" s ON s.id = k."serviceAccountId"
            """);
    }

    private static DateTimeOffset Now() => TimeProvider.System.GetUtcNow();

    private async Task UntilAsync(string condition)
    {
        while (!(await database.QueryAsync<bool>(condition, Stop))[0])
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Stop);
        }
    }

    private static async Task<(HttpStatusCode Status, string Body)> ReadyAsync(ApiHost host)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(host.Address, "/v1/readyz"), Stop);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }
}

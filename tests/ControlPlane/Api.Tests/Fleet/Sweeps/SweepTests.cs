using Apc.ControlPlane.Api.Fleet.Sweeps;
using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Clusters;
using Apc.Simulation;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Sweeps;

/// <summary>What sweeps of one or two replicas over one database do, and how often.</summary>
public sealed class SweepTests(FleetFixture fleet) : IClassFixture<FleetFixture>, IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private Installation _a = null!;
    private Installation _b = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await fleet.ResetAsync(Stop);
        _a = await SweepReplica.BuildAsync(fleet.Database, "a");
        _b = await SweepReplica.BuildAsync(fleet.Database, "b");
    }

    public async ValueTask DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
    }

    [Fact]
    public async Task Handles_every_cluster_and_says_how_it_went()
    {
        await fleet.RegisterAsync(5, Stop);
        fleet.DataPlanes.Set("c1", Fault.Unhealthy);
        fleet.DataPlanes.Set("c2", Fault.Status(404));
        await WithoutUrlAsync("c4");

        var report = await _a.Sweep.RunAsync(Noon, Stop);

        Assert.Equal(
            new SweepReport(Noon, ClusterSyncOutcome.Completed, Successful: 3, Failed: 1, Skipped: 1, Suspect: false, report!.Duration), report);
        Assert.Equal(["12:00 COMPLETED 3 1 1 a 1 f t"], await fleet.Database.RunsAsync(Stop));
        Assert.Equal(["ACTIVE", "INACTIVE", "INACTIVE", "ACTIVE", "ACTIVE"], await fleet.StatusesAsync(Stop));
        Assert.Equal(
            ["c0 - ACTIVE REGISTER", "c1 - ACTIVE REGISTER", "c1 ACTIVE INACTIVE SCHEDULE", "c2 - ACTIVE REGISTER", "c2 ACTIVE INACTIVE SCHEDULE"],
            (await fleet.Database.TransitionsAsync(Stop))[..5]);
        Assert.Equal(
            [
                """cluster.update sync-dataplane-clusters cluster c1 {"status" : "ACTIVE"} INACTIVE SYSTEM control-plane SUCCESS""",
                """cluster.update sync-dataplane-clusters cluster c2 {"status" : "ACTIVE"} INACTIVE SYSTEM control-plane SUCCESS""",
            ],
            await fleet.Database.AuditAsync(Stop));
        Assert.Empty(await fleet.Database.BreachesAsync(Stop));
        Assert.Contains(
            _a.Log.Lines, line => line.StartsWith("Information: Sweep due at 2026-01-01T12:00:00.0000000+00:00 Completed: 3 successful, 1 failed, 1 skipped, 0 unhandled, in ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tick_is_swept_once_by_whichever_replica_comes_first()
    {
        await fleet.RegisterAsync(50, Stop);

        var reports = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? _a : _b).Sweep.RunAsync(Noon, Stop)));

        Assert.Single(reports, report => report is not null);
        Assert.Null(await _b.Sweep.RunAsync(Noon, Stop));
        Assert.Single(await fleet.Database.RunsAsync(Stop));
        Assert.Equal(50, fleet.DataPlanes.Probes.Requests);
    }

    [Fact]
    public async Task A_run_that_ended_before_its_tick_came_does_not_absorb_the_tick()
    {
        await fleet.RegisterAsync(1, Stop);
        await _a.Sweep.RunAsync(Noon, Stop);
        var early = (await fleet.Database.QueryAsync<DateTime>("SELECT date_trunc('second', clock_timestamp() + interval '1 minute')", Stop))[0];
        await fleet.Database.ExecuteAsync($"""UPDATE {HoustonNames.ClusterSyncRun} SET "dueAt" = '{early:u}'""", Stop);

        Assert.Equal(1, (await _b.Sweep.RunAsync(new DateTimeOffset(early), Stop))!.Successful);
        Assert.Equal(2, (await fleet.Database.RunsAsync(Stop)).Count);
    }

    [Fact]
    public async Task One_run_at_a_time_the_tick_that_meets_another_run_is_absorbed()
    {
        await fleet.RegisterAsync(1, Stop);
        fleet.DataPlanes.Set("c0", new ClusterBehaviour { Latency = TimeSpan.FromSeconds(1) });
        var first = _a.Sweep.RunAsync(Noon, Stop);
        await fleet.DataPlanes.WaitForProbesAsync("c0", count => count.Open == 1, Stop);

        Assert.Null(await _b.Sweep.RunAsync(Noon.AddHours(1), Stop));
        Assert.NotNull(await first);
        Assert.NotNull(await _b.Sweep.RunAsync(Noon.AddHours(2), Stop));
        Assert.Equal(["12:00 COMPLETED 1 0 0 a 1 f t", "14:00 COMPLETED 1 0 0 b 1 f t"], await fleet.Database.RunsAsync(Stop));
    }

    [Fact]
    public async Task A_sweep_in_which_half_of_the_fleet_vanishes_is_suspect_and_decides_all_the_same()
    {
        await fleet.RegisterAsync(12, Stop);

        for (var i = 0; i < 6; i++)
        {
            fleet.DataPlanes.Set($"c{i}", Fault.Reset);
        }

        var first = await _a.Sweep.RunAsync(Noon, Stop);
        var second = await _a.Sweep.RunAsync(Noon.AddHours(1), Stop);

        Assert.Equal((true, false), (first!.Suspect, second!.Suspect));
        Assert.Equal(["12:00 COMPLETED 6 6 0 a 1 t t", "13:00 COMPLETED 6 6 0 a 1 f t"], await fleet.Database.RunsAsync(Stop));
        Assert.Equal(6, (await fleet.StatusesAsync(Stop)).Count(status => status == "INACTIVE"));
        Assert.Contains(
            "Warning: The sweep due at 2026-01-01T12:00:00.0000000+00:00 is suspect: 6 of 12 clusters became unreachable at once. Check the control plane's own network.",
            _a.Log.Lines);
    }

    [Fact]
    public async Task What_the_database_refuses_stands_alone()
    {
        await fleet.RegisterAsync(30, Stop);
        await fleet.Database.ExecuteAsync($"ALTER TABLE {HoustonNames.Cluster} ADD CONSTRAINT poison CHECK (region <> 'poison')", Stop);
        fleet.DataPlanes.Set("c17", new ClusterBehaviour { Payload = new() { ["region"] = "poison" } });

        var report = await _a.Sweep.RunAsync(Noon, Stop);
        await fleet.Database.ExecuteAsync($"ALTER TABLE {HoustonNames.Cluster} DROP CONSTRAINT poison", Stop);

        Assert.Equal((30, 0), (report!.Successful, report.Failed));
        Assert.DoesNotContain("INACTIVE", await fleet.StatusesAsync(Stop));
        Assert.Equal(
            ["""[{"path":"","problem":"The database cannot hold the answer; only its healthStatus is kept."}]"""],
            await fleet.Database.QueryAsync<string>($"""SELECT "metadataProblems"::text FROM {HoustonNames.Cluster} WHERE name = 'c17'""", Stop));
        Assert.Equal(
            [29L], await fleet.Database.QueryAsync<long>($"""SELECT count(*) FROM {HoustonNames.Cluster} WHERE "metadataProblems" IS NULL AND region <> ''""", Stop));
    }

    [Fact]
    public async Task A_thousand_ticks_of_two_replicas_with_different_clocks_make_a_thousand_runs()
    {
        var ticks = Enumerable.Range(0, 1000).Select(i => Noon.AddMinutes(i)).ToArray();

        foreach (var tick in ticks)
        {
            await Task.WhenAll(_a.Sweep.RunAsync(tick, Stop), _b.Sweep.RunAsync(tick, Stop));
        }

        Assert.Equal(
            [1000L], await fleet.Database.QueryAsync<long>($"""SELECT count(DISTINCT "dueAt") FROM {HoustonNames.ClusterSyncRun}""", Stop));
        Assert.Equal(
            ["COMPLETED"], await fleet.Database.QueryAsync<string>($"SELECT DISTINCT outcome FROM {HoustonNames.ClusterSyncRun}", Stop));
    }

    private Task WithoutUrlAsync(string name)
        => fleet.Database.ExecuteAsync($"""UPDATE {HoustonNames.Cluster} SET "dataplaneUrl" = NULL WHERE name = '{name}'""", Stop);
}

using System.Diagnostics;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Fleet.DataPlane;
using Apc.ControlPlane.Api.Fleet.Reconciling;
using Apc.ControlPlane.Api.Fleet.Sweeps;
using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Clusters;
using Apc.Simulation;
using Apc.TestKit;
using Npgsql;

namespace Apc.ControlPlane.Api.Tests.Fleet.Sweeps;

/// <summary>Sweeps of one or two replicas over one database.</summary>
public sealed class SweepTests(FleetFixture fleet) : IClassFixture<FleetFixture>, IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private TestReplica _a = null!;
    private TestReplica _b = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await fleet.ResetAsync(Stop);
        _a = new TestReplica(fleet.Database, "a");
        _b = new TestReplica(fleet.Database, "b");
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
    public async Task What_a_dead_replica_left_is_carried_on_where_it_ended()
    {
        var ids = await fleet.RegisterAsync(20, Stop);
        await WithoutUrlAsync("c19");
        var run = await DieAfterAsync(ids[..8]);

        Assert.Null(await _b.Sweep.TakeOverAsync(Stop));
        await LeaseEndsAsync();
        var report = await _b.Sweep.TakeOverAsync(Stop);

        Assert.Equal((19, 0, 1), (report!.Successful, report.Failed, report.Skipped));
        Assert.Equal(11, fleet.DataPlanes.Probes.Requests);
        Assert.Equal(["12:00 COMPLETED 19 0 1 b 2 f t"], await fleet.Database.RunsAsync(Stop));
        Assert.Equal(1, run.FencingToken);
    }

    [Fact]
    public async Task A_second_firing_of_the_same_tick_takes_over_too()
    {
        var ids = await fleet.RegisterAsync(4, Stop);
        await DieAfterAsync(ids[..1]);
        await LeaseEndsAsync();

        Assert.Equal(4, (await _b.Sweep.RunAsync(Noon, Stop))!.Successful);
        Assert.Equal(["12:00 COMPLETED 4 0 0 b 2 f t"], await fleet.Database.RunsAsync(Stop));
    }

    [Fact]
    public async Task A_later_tick_carries_what_was_left_of_an_earlier_one_to_its_end_first()
    {
        var ids = await fleet.RegisterAsync(4, Stop);
        await DieAfterAsync(ids[..1]);
        await LeaseEndsAsync();

        Assert.Equal(4, (await _b.Sweep.RunAsync(Noon.AddHours(1), Stop))!.Successful);
        Assert.Equal(["12:00 COMPLETED 4 0 0 b 2 f t", "13:00 COMPLETED 4 0 0 b 1 f t"], await fleet.Database.RunsAsync(Stop));
    }

    [Fact]
    public async Task Nothing_that_a_replica_writes_is_taken_once_its_run_is_another_ones()
    {
        var ids = await fleet.RegisterAsync(3, Stop);
        var run = (await _a.Runs.TryStartAsync(Noon, Stop))!;
        var late = await ResultsAsync(run, ids, ProbeOutcome.Failed(ProbeCode.ConnectionRefused));
        await LeaseEndsAsync();
        var taken = (await _b.Runs.TryTakeOverAsync(Stop))!;

        await Assert.ThrowsAsync<RunTakenOverException>(() => StoreAsync(run, late));
        Assert.False(await _a.Runs.TryRenewAsync(run, Stop));
        Assert.Null(await _a.Runs.TryEndAsync(run, ClusterSyncOutcome.Completed, 0, false, Stop));
        Assert.Equal(["ACTIVE", "ACTIVE", "ACTIVE"], await fleet.StatusesAsync(Stop));
        Assert.Equal(["12:00 RUNNING 0 0 0 b 2 f f"], await fleet.Database.RunsAsync(Stop));

        await StoreAsync(taken, late);
        Assert.Equal(["INACTIVE", "INACTIVE", "INACTIVE"], await fleet.StatusesAsync(Stop));
    }

    [Fact]
    public async Task A_chunk_that_is_stored_twice_counts_and_changes_once()
    {
        var ids = await fleet.RegisterAsync(3, Stop);
        var run = (await _a.Runs.TryStartAsync(Noon, Stop))!;
        var results = await ResultsAsync(run, ids, ProbeOutcome.Failed(ProbeCode.Timeout));

        await StoreAsync(run, results);
        await StoreAsync(run, results);

        Assert.Equal(["12:00 RUNNING 0 3 0 a 1 f f"], await fleet.Database.RunsAsync(Stop));
        Assert.Equal(6, (await fleet.Database.TransitionsAsync(Stop)).Count);
        Assert.Empty(await fleet.Database.BreachesAsync(Stop));
    }

    [Fact]
    public async Task Of_two_probes_the_one_that_began_later_counts_whichever_is_stored_first()
    {
        var ids = await fleet.RegisterAsync(1, Stop);
        var run = (await _a.Runs.TryStartAsync(Noon, Stop))!;
        var earlier = await ResultsAsync(run, ids, ProbeOutcome.Failed(ProbeCode.Timeout));
        fleet.DataPlanes.Set("c0", Fault.Healthy);
        await _b.Reconciler.ReconcileAsync(null, ReconcileScope.All, Caller.Anonymous, Stop);

        await StoreAsync(run, earlier);

        Assert.Equal(["ACTIVE"], await fleet.StatusesAsync(Stop));
        Assert.Equal(["12:00 RUNNING 0 1 0 a 1 f f"], await fleet.Database.RunsAsync(Stop));
    }

    [Fact]
    public async Task The_lease_is_renewed_while_a_run_is_carried_and_ends_when_its_replica_stops()
    {
        await fleet.RegisterAsync(1, Stop);
        fleet.DataPlanes.Set("c0", Fault.Hang);
        await using var hurried = new TestReplica(fleet.Database, "hurried", new DataPlane.HurriedClock(speed: 20), Patient);
        using var told = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var sweep = hurried.Sweep.RunAsync(Noon, told.Token);
        await fleet.DataPlanes.WaitForProbesAsync("c0", count => count.Open == 1, Stop);
        await LeaseEndsAsync();

        while (await hurried.Runs.IsAnyLeftAsync(Stop))
        {
            await Task.Yield();
        }

        await told.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sweep);
        Assert.True(await _b.Runs.IsAnyLeftAsync(Stop));
    }

    [Fact]
    public async Task A_replica_whose_lease_was_taken_stops()
    {
        await fleet.RegisterAsync(1, Stop);
        fleet.DataPlanes.Set("c0", Fault.Hang);
        await using var hurried = new TestReplica(fleet.Database, "hurried", new DataPlane.HurriedClock(speed: 20), Patient);
        var sweep = hurried.Sweep.RunAsync(Noon, Stop);
        await fleet.DataPlanes.WaitForProbesAsync("c0", count => count.Open == 1, Stop);

        // In one statement, so that no renewal comes between.
        await fleet.Database.ExecuteAsync($"""UPDATE {HoustonNames.ClusterSyncRun} SET "fencingToken" = "fencingToken" + 1""", Stop);

        await Assert.ThrowsAsync<RunTakenOverException>(() => sweep);
        Assert.Contains("Warning: The lease of the sweep is lost; another replica carries on.", hurried.Log.Lines);
    }

    [Fact]
    public async Task Hung_data_planes_delay_nobody_else()
    {
        await fleet.RegisterAsync(200, Stop);

        for (var i = 0; i < 20; i++)
        {
            fleet.DataPlanes.Set($"c{i * 10}", Fault.Hang);
        }

        await using var small = new TestReplica(fleet.Database, "small", dataPlanes: new DataPlaneOptions
        {
            AllowHttp = true,
            AllowLoopback = true,
            MaxParallel = 4,
            MaxSlow = 64,
            SlowAfter = TimeSpan.FromMilliseconds(20),
            ConnectTimeout = TimeSpan.FromSeconds(3),
            AttemptTimeout = TimeSpan.FromSeconds(3),
            TotalTimeout = TimeSpan.FromSeconds(3.1),
        });
        var started = TimeProvider.System.GetTimestamp();
        var sweep = small.Sweep.RunAsync(Noon, Stop);

        // All that answer are stored while those that do not still hang.
        while ((await fleet.Database.QueryAsync<long>(
            $"""SELECT count(*) FROM {HoustonNames.Cluster} WHERE "healthStatus" IS NOT NULL""", Stop))[0] < 180)
        {
            await Task.Yield();
        }

        Assert.False(sweep.IsCompleted);
        Assert.Equal(20, fleet.DataPlanes.Probes.Open);
        var report = await sweep;
        Assert.Equal((180, 20), (report!.Successful, report.Failed));
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 3, 12);
    }

    [Fact]
    public async Task What_failed_last_time_takes_no_fast_place()
    {
        await fleet.RegisterAsync(40, Stop);
        await fleet.Database.ExecuteAsync(
            $"""
            UPDATE {HoustonNames.ClusterObservation} SET "observedAt" = NULL
            WHERE "clusterId" IN (SELECT id FROM {HoustonNames.Cluster} ORDER BY id LIMIT 10)
            """,
            Stop);

        for (var i = 0; i < 10; i++)
        {
            fleet.DataPlanes.Set($"c{i}", Fault.Hang);
        }

        await using var small = new TestReplica(fleet.Database, "small", dataPlanes: new DataPlaneOptions
        {
            AllowHttp = true,
            AllowLoopback = true,
            MaxParallel = 1,
            MaxSlow = 10,
            SlowAfter = TimeSpan.FromMinutes(1),
            AttemptTimeout = TimeSpan.FromSeconds(4),
            TotalTimeout = TimeSpan.FromSeconds(4),
        });
        var sweep = small.Sweep.RunAsync(Noon, Stop);
        await fleet.DataPlanes.WaitForProbesAsync(null, count => count.Requests == 40 && count.Open == 10, Stop);

        Assert.False(sweep.IsCompleted);
        var report = await sweep;
        Assert.Equal((30, 10), (report!.Successful, report.Failed));
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
    public async Task Costs_at_most_a_round_trip_for_100_clusters()
    {
        await fleet.RegisterAsync(2000, Stop);
        var database = new NpgsqlConnectionStringBuilder(fleet.Database.ConnectionString).Database;
        var roundTrips = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,

            // What carries a statement: opening a connection for the pool is an activity too.
            ActivityStopped = activity => Interlocked.Add(
                ref roundTrips, Equals(activity.GetTagItem("db.namespace"), database) && activity.GetTagItem("db.query.text") is not null ? 1 : 0),
        };
        ActivitySource.AddActivityListener(listener);

        // Time stands still, so that a busy machine does not send smaller chunks.
        await using var still = new TestReplica(fleet.Database, "still", new FakeClock());
        var report = await still.Sweep.RunAsync(Noon, Stop);

        // Usually 11: the start, three pages, the page of those that failed last time, four chunks, the last look, the end.
        Assert.Equal(2000, report!.Successful);
        Assert.InRange(roundTrips, 1, 2000 / 100);
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

    /// <summary>A data plane that hangs is waited for longer than any of these tests takes.</summary>
    private static DataPlaneOptions Patient => new()
    {
        AllowHttp = true,
        AllowLoopback = true,
        AttemptTimeout = TimeSpan.FromMinutes(60),
        TotalTimeout = TimeSpan.FromMinutes(60),
    };

    private Task WithoutUrlAsync(string name)
        => fleet.Database.ExecuteAsync($"""UPDATE {HoustonNames.Cluster} SET "dataplaneUrl" = NULL WHERE name = '{name}'""", Stop);

    /// <summary>As if ten seconds had passed without a word of its holder.</summary>
    private Task LeaseEndsAsync()
        => fleet.Database.ExecuteAsync($"""UPDATE {HoustonNames.ClusterSyncRun} SET "leaseUntil" = clock_timestamp() - interval '1 second'""", Stop);

    /// <summary>Replica a begins the noon run, stores these clusters, and is heard of no more.</summary>
    private async Task<SweepRun> DieAfterAsync(Guid[] ids)
    {
        var run = (await _a.Runs.TryStartAsync(Noon, Stop))!;
        var healthy = MetadataReader.Read("""{"healthStatus":"HEALTHY"}"""u8.ToArray());
        await StoreAsync(run, await ResultsAsync(run, ids, healthy));
        return run;
    }

    private async Task<List<ProbedCluster>> ResultsAsync(SweepRun run, Guid[] ids, ProbeOutcome outcome)
    {
        var number = (await _a.Targets.ByIdsAsync(ids, Stop))[0].Number;
        return [.. ids.Select(id => new ProbedCluster(id, number, outcome, run.DueAt))];
    }

    private async Task StoreAsync(SweepRun run, List<ProbedCluster> results)
    {
        var writer = _a.Writers.Open(ChangeOrigin.Of(run), onTransition: null, Stop);

        foreach (var result in results)
        {
            await writer.WriteAsync(result, Stop);
        }

        await writer.CompleteAsync();
    }
}

using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Fleet.DataPlane;
using Apc.ControlPlane.Api.Fleet.Reconciling;
using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Clusters;
using Apc.Simulation;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Sweeps;

/// <summary>The lease of a run: what another replica takes over, and what the one that lost it can no longer store.</summary>
public sealed class SweepLeaseTests(FleetFixture fleet) : IClassFixture<FleetFixture>, IAsyncLifetime
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
        await using var hurried = await SweepReplica.BuildAsync(fleet.Database, "hurried", new DataPlane.HurriedClock(speed: 20), Patient);
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
        await using var hurried = await SweepReplica.BuildAsync(fleet.Database, "hurried", new DataPlane.HurriedClock(speed: 20), Patient);
        var sweep = hurried.Sweep.RunAsync(Noon, Stop);
        await fleet.DataPlanes.WaitForProbesAsync("c0", count => count.Open == 1, Stop);

        // In one statement, so that no renewal comes between.
        await fleet.Database.ExecuteAsync($"""UPDATE {HoustonNames.ClusterSyncRun} SET "fencingToken" = "fencingToken" + 1""", Stop);

        await Assert.ThrowsAsync<RunTakenOverException>(() => sweep);
        Assert.Contains("Warning: The lease of the sweep is lost; another replica carries on.", hurried.Log.Lines);
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

using System.Text.Json.Nodes;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Api.Fleet.Reconciling;
using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Api.Tests.Fleet.Sweeps;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.Simulation;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Reconciling;

/// <summary>Reconciles of the same clusters at the same time, and what happens to the clusters meanwhile.</summary>
public sealed class ReconcileOverlapTests(FleetFixture fleet) : IClassFixture<FleetFixture>, IAsyncLifetime
{
    private Installation _replica = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Caller Ada { get; } = new()
    {
        Id = new Guid("018f0000-0000-7000-8000-000000000001"),
        Name = "ada@example.com",
        TokenId = "apc_u_12345678",
        Permissions = EffectivePermissions.None,
    };

    public async ValueTask InitializeAsync()
    {
        await fleet.ResetAsync(Stop);
        _replica = await SweepReplica.BuildAsync(fleet.Database);
    }

    public ValueTask DisposeAsync() => _replica.DisposeAsync();

    [Fact]
    public async Task A_later_decision_is_not_overwritten_by_an_earlier_probe()
    {
        await fleet.RegisterAsync(1, Stop);
        fleet.DataPlanes.Set("c0", new ClusterBehaviour { Fault = Fault.Unhealthy, Latency = TimeSpan.FromMilliseconds(300) });
        var reconcile = ReconcileAsync(null);
        await fleet.DataPlanes.WaitForProbesAsync("c0", count => count.Requests > 0, Stop);

        // As a person's change does it, while the probe is under way.
        await fleet.Database.ExecuteAsync(
            $"""UPDATE {HoustonNames.ClusterObservation} SET number = {HoustonNames.NextClusterOrder}""", Stop);
        var outcome = await reconcile;

        Assert.Single(outcome.SuccessfulClusterIds);
        Assert.Equal(["ACTIVE"], await fleet.StatusesAsync(Stop));
        Assert.Equal(["c0 - ACTIVE REGISTER"], await fleet.Database.TransitionsAsync(Stop));
    }

    [Fact]
    public async Task Whoever_asks_afterwards_gets_a_probe_of_their_own()
    {
        await fleet.RegisterAsync(1, Stop);
        await ReconcileAsync(null);
        fleet.DataPlanes.Set("c0", Fault.Unhealthy);
        await ReconcileAsync(null);

        Assert.Equal(["INACTIVE"], await fleet.StatusesAsync(Stop));
        Assert.Equal(2, fleet.DataPlanes.Probes.Requests);
    }

    [Fact]
    public async Task A_caller_who_leaves_does_not_end_what_others_wait_for()
    {
        var ids = await fleet.RegisterAsync(1, Stop);
        fleet.DataPlanes.Set("c0", new ClusterBehaviour { Fault = Fault.Unhealthy, Latency = TimeSpan.FromMilliseconds(300) });
        using var leave = new CancellationTokenSource();
        var leaving = _replica.Reconciler.ReconcileAsync(null, ReconcileScope.All, Ada, leave.Token);
        await fleet.DataPlanes.WaitForProbesAsync("c0", count => count.Open == 1, Stop);
        var staying = ReconcileAsync(null);

        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        AssertLists(await staying, ids, []);
        Assert.Equal(["INACTIVE"], await fleet.StatusesAsync(Stop));
    }

    [Fact]
    public async Task A_cluster_that_is_deregistered_meanwhile_costs_the_others_nothing()
    {
        var ids = await fleet.RegisterAsync(3, Stop);
        fleet.DataPlanes.Defaults = fleet.DataPlanes.Defaults with { Latency = TimeSpan.FromMilliseconds(200) };
        var reconcile = ReconcileAsync(null);
        await fleet.DataPlanes.WaitForProbesAsync(null, count => count.Open == 3, Stop);
        await fleet.Database.ExecuteAsync($"DELETE FROM {HoustonNames.Cluster} WHERE name = 'c1'", Stop);

        AssertLists(await reconcile, ids, []);
        Assert.Equal(
            [true, true], await fleet.Database.QueryAsync<bool>($"""SELECT "healthStatus" IS NOT NULL FROM {HoustonNames.Cluster}""", Stop));
    }

    [Fact]
    public async Task Overlapping_reconciles_end_in_one_history_without_gaps()
    {
        var ids = await fleet.RegisterAsync(60, Stop);
        await using var other = await SweepReplica.BuildAsync(fleet.Database, "b");
        using var flapping = new CancellationTokenSource();
        var flap = Task.Run(
            async () =>
            {
                for (var i = 0; !flapping.IsCancellationRequested; i++)
                {
                    fleet.DataPlanes.Set($"c{i % 60}", i % 2 == 0 ? Fault.Unhealthy : Fault.Healthy);
                    await Task.Yield();
                }
            },
            Stop);

        for (var round = 0; round < 10; round++)
        {
            await Task.WhenAll(
                _replica.Reconciler.ReconcileAsync(null, ReconcileScope.All, Ada, Stop),
                other.Reconciler.ReconcileAsync([.. ids.Reverse().Select(Id)], ReconcileScope.All, Ada, Stop),
                other.Reconciler.ReconcileAsync(null, ReconcileScope.Of(ids[..30]), Ada, Stop));
        }

        await flapping.CancelAsync();
        await flap;
        Assert.NotEmpty(await fleet.Database.AuditAsync(Stop));
        Assert.Empty(await fleet.Database.BreachesAsync(Stop));
    }

    private Task<ClusterReconciliation> ReconcileAsync(IReadOnlyList<Uuid>? ids, ReconcileScope? scope = null)
        => _replica.Reconciler.ReconcileAsync(ids, scope ?? ReconcileScope.All, Ada, Stop);

    private static Uuid Id(Guid id) => new(id.ToString());

    /// <summary>Nothing is skipped.</summary>
    private static void AssertLists(ClusterReconciliation outcome, Guid[] successful, Guid[] failed)
    {
        Assert.Equal(successful, outcome.SuccessfulClusterIds.Select(id => id.Id!.Value));
        Assert.Equal(failed, outcome.FailedClusterIds.Select(id => id.Id!.Value));
        Assert.Empty(outcome.SkippedClusterIds);
    }
}

file static class Members
{
    public static string? Member(this JsonNode node, string name) => node[name]?.GetValue<string>();
}

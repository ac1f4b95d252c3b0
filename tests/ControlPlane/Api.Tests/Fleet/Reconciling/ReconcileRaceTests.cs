using System.Text.Json;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Api.Fleet.Clusters;
using Apc.ControlPlane.Api.Fleet.Reconciling;
using Apc.ControlPlane.Api.Fleet.Sweeps;
using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Clusters;
using Apc.GraphQL.CodeFirst;
using Apc.Simulation;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Apc.ControlPlane.Api.Tests.Fleet.Reconciling;

/// <summary>Reconciles, sweeps and people at the same clusters at the same time, on a real host.</summary>
public sealed class ReconcileRaceTests(FleetFixture fleet) : IClassFixture<FleetFixture>, IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private ApiHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await fleet.ResetAsync(Stop);
        _host = await ApiHost.StartAsync(fleet.Database);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_hundred_reconciles_of_everything_beside_a_sweep_cost_few_probes()
    {
        var ids = await fleet.RegisterAsync(100, Stop);
        fleet.DataPlanes.Defaults = fleet.DataPlanes.Defaults with { Latency = TimeSpan.FromSeconds(4) };
        fleet.DataPlanes.Set("c50", new ClusterBehaviour { Fault = Fault.Unhealthy });
        var reconciler = _host.Services.GetRequiredService<ClusterReconciler>();

        var sweep = _host.Services.GetRequiredService<ClusterSweep>().RunAsync(Noon, Stop);
        var reconciles = Enumerable.Range(0, 100)
            .Select(_ => reconciler.ReconcileAsync(null, ReconcileScope.All, Caller.ControlPlane, Stop))
            .ToArray();

        Assert.All(await Task.WhenAll(reconciles), outcome => Assert.Equal(ids, outcome.SuccessfulClusterIds.Select(id => id.Id!.Value)));
        Assert.Equal(100, (await sweep)!.Successful);

        // One for those who asked before it began, one for those who asked while it ran; hardly any if all were quick to ask.
        Assert.InRange(fleet.DataPlanes.Probes.Requests, 100, 300);
        Assert.Single(await fleet.Database.AuditAsync(Stop));
        Assert.Empty(await fleet.Database.BreachesAsync(Stop));
    }

    [Fact]
    public async Task The_newest_decision_wins_and_none_is_lost()
    {
        var ids = await fleet.RegisterAsync(2, Stop);
        var (reconciler, updater) = (_host.Services.GetRequiredService<ClusterReconciler>(), _host.Services.GetRequiredService<UpdateCluster>());
        var random = new Random(7);

        for (var round = 0; round < 100; round++)
        {
            fleet.DataPlanes.Set("c0", random.Next(2) == 0 ? Fault.Healthy : Fault.Unhealthy);
            fleet.DataPlanes.Set("c1", random.Next(2) == 0 ? Fault.Healthy : Fault.Unhealthy);
            var byHand = new ClusterChange
            {
                Status = random.Next(2) == 0 ? ClusterStatus.Active : ClusterStatus.Inactive,
                StatusReason = new Optional<JsonElement?>(JsonElement.Parse($$"""{"round":{{round}}}""")),
            };

            await Task.WhenAll(
                reconciler.ReconcileAsync(null, ReconcileScope.All, Caller.ControlPlane, Stop),
                updater.RunAsync(ids[0], byHand, Caller.ControlPlane, Stop),
                reconciler.ReconcileAsync([new Uuid(ids[1].ToString()), new Uuid(ids[0].ToString())], ReconcileScope.All, Caller.ControlPlane, Stop),
                updater.RunAsync(ids[1], byHand, Caller.ControlPlane, Stop));
        }

        var manual = await fleet.Database.QueryAsync<long>($"SELECT count(*) FROM {HoustonNames.AuditLog} WHERE action = 'cluster.update' AND operation IS NULL", Stop);
        Assert.Equal([200], manual);
        Assert.Empty(await fleet.Database.BreachesAsync(Stop));
    }
}

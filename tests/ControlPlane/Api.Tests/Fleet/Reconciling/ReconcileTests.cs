using System.Text;
using System.Text.Json.Nodes;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Api.Fleet.Reconciling;
using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Api.Tests.Fleet.Sweeps;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;
using Apc.Simulation;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Reconciling;

/// <summary>Reconciles that a caller asks for, on a real database and real sockets.</summary>
public sealed class ReconcileTests(FleetFixture fleet) : IClassFixture<FleetFixture>, IAsyncLifetime
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
    public async Task Stores_what_a_healthy_data_plane_answers()
    {
        var ids = await fleet.RegisterAsync(1, Stop);

        var outcome = await ReconcileAsync(null);

        AssertLists(outcome, ids, []);
        var cluster = await fleet.FindAsync(ids[0], Stop);
        var payload = JsonNode.Parse(cluster.HealthStatus)!;
        Assert.Equal(ClusterStatus.Active, cluster.Status);
        Assert.Equal(
            """{"message":"The data plane reports that it is healthy. Nothing needs to be done.","code":"HEALTHY","healthStatus":"HEALTHY"}""",
            Encoding.UTF8.GetString(cluster.StatusReason!));
        Assert.Equal<IEnumerable<string?>>(
            [
                payload.Member("kubernetesVersion"), payload.Member("cloudProvider"), payload.Member("region"), payload.Member("dataplaneChartVersion"),
                payload["commander"]!.Member("version"), payload["commander"]!.Member("airflowChartVersion"), payload.Member("baseDomain"),
                payload.Member("dataplaneUrl"), payload.Member("dataplaneId"),
            ],
            [
                cluster.K8sVersion, cluster.CloudProvider, cluster.Region, cluster.DpChartVersion, cluster.CommanderVersion,
                cluster.AirflowChartVersion, cluster.BaseDomain, cluster.DataplaneUrl, cluster.DataplaneId,
            ]);
        Assert.Equal(["c0 - ACTIVE REGISTER"], await fleet.Database.TransitionsAsync(Stop));
        Assert.Empty(await fleet.Database.AuditAsync(Stop));
    }

    [Fact]
    public async Task A_change_of_status_leaves_history_audit_and_one_event()
    {
        await fleet.RegisterAsync(2, Stop);
        fleet.DataPlanes.Set("c0", Fault.Unhealthy);
        fleet.DataPlanes.Set("c1", Fault.Status(404));
        await ReconcileAsync(null);
        fleet.DataPlanes.ResetAll();
        await ReconcileAsync(null);

        Assert.Equal(
            [
                "c0 - ACTIVE REGISTER",
                "c0 ACTIVE INACTIVE RECONCILE ada@example.com",
                "c0 INACTIVE ACTIVE RECONCILE ada@example.com",
                "c1 - ACTIVE REGISTER",
                "c1 ACTIVE INACTIVE RECONCILE ada@example.com",
                "c1 INACTIVE ACTIVE RECONCILE ada@example.com",
            ],
            await fleet.Database.TransitionsAsync(Stop));
        Assert.Equal(
            [
                """cluster.update reconcileClusterMetadataJob cluster c0 {"status" : "ACTIVE"} INACTIVE USER ada@example.com SUCCESS""",
                """cluster.update reconcileClusterMetadataJob cluster c0 {"status" : "INACTIVE"} ACTIVE USER ada@example.com SUCCESS""",
                """cluster.update reconcileClusterMetadataJob cluster c1 {"status" : "ACTIVE"} INACTIVE USER ada@example.com SUCCESS""",
                """cluster.update reconcileClusterMetadataJob cluster c1 {"status" : "INACTIVE"} ACTIVE USER ada@example.com SUCCESS""",
            ],
            await fleet.Database.AuditAsync(Stop));
        Assert.Empty(await fleet.Database.BreachesAsync(Stop));
        Assert.Equal(4, _replica.Audit.Calls.Count(line => line.Contains("\"action\":\"cluster.update\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_lists_keep_the_order_of_the_request_and_name_each_id_once()
    {
        var ids = await fleet.RegisterAsync(6, Stop);
        fleet.DataPlanes.Set("c1", Fault.Reset);
        fleet.DataPlanes.Set("c3", Fault.Parse("html"));
        await fleet.Database.ExecuteAsync($"""UPDATE {HoustonNames.Cluster} SET "dataplaneUrl" = NULL WHERE name = 'c4'""", Stop);
        var unknown = Guid.CreateVersion7(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));

        var outcome = await ReconcileAsync(
            [
                Id(ids[5]), new Uuid("no id at all"), Id(ids[3]), Id(ids[4]), Id(ids[2]), new Uuid(ids[5].ToString().ToUpperInvariant()), new Uuid(""),
                Id(unknown), Id(ids[1]), Id(ids[3]), new Uuid("no id at all"), Id(ids[0]),
            ],
            ReconcileScope.Of([ids[1], ids[2], ids[3], ids[4], ids[5], unknown]));

        Assert.Equal([ids[5].ToString(), ids[2].ToString()], outcome.SuccessfulClusterIds.Select(id => id.Text));
        Assert.Equal([ids[3].ToString(), ids[1].ToString()], outcome.FailedClusterIds.Select(id => id.Text));
        Assert.Equal(["no id at all", ids[4].ToString(), unknown.ToString(), ids[0].ToString()], outcome.SkippedClusterIds.Select(id => id.Text));
        Assert.Equal(0, fleet.DataPlanes.ProbesOf("c0").Requests + fleet.DataPlanes.ProbesOf("c4").Requests);
    }

    [Fact]
    public async Task Without_ids_everything_that_the_caller_may_update_is_reconciled()
    {
        var ids = await fleet.RegisterAsync(3, Stop);
        var scope = ReconcileScope.Of([ids[2], ids[0], Guid.Empty]);

        AssertLists(await ReconcileAsync(null, scope), [ids[0], ids[2]], []);
        AssertLists(await ReconcileAsync(null, ReconcileScope.All), ids, []);
        AssertLists(await ReconcileAsync([]), [], []);
    }

    [Fact]
    public async Task An_unchanged_answer_rewrites_no_record_and_moves_the_observation()
    {
        await fleet.RegisterAsync(2, Stop);
        fleet.DataPlanes.Set("c1", Fault.Unhealthy);
        await ReconcileAsync(null);
        var (records, observations) = (await RecordsAsync(), await ObservationsAsync());

        await ReconcileAsync(null);

        Assert.Equal(records, await RecordsAsync());
        Assert.All(observations.Zip(await ObservationsAsync()), pair => Assert.True(pair.First < pair.Second));
    }

    [Fact]
    public async Task A_failed_probe_keeps_the_last_answer()
    {
        var ids = await fleet.RegisterAsync(1, Stop);
        await ReconcileAsync(null);
        var before = await fleet.FindAsync(ids[0], Stop);
        var observed = await ObservationsAsync();
        fleet.DataPlanes.Set("c0", Fault.Status(403));

        var outcome = await ReconcileAsync(null);

        AssertLists(outcome, [], ids);
        var after = await fleet.FindAsync(ids[0], Stop);
        Assert.Equal(ClusterStatus.Inactive, after.Status);
        Assert.Equal("HTTP_STATUS", JsonNode.Parse(after.StatusReason)!.Member("code"));
        Assert.Equal(before.HealthStatus, after.HealthStatus);
        Assert.Equal((before.K8sVersion, before.Region), (after.K8sVersion, after.Region));
        Assert.Equal(observed, await ObservationsAsync());
        Assert.Equal(
            [true], await fleet.Database.QueryAsync<bool>($"""SELECT "attemptedAt" > "observedAt" FROM {HoustonNames.ClusterObservation}""", Stop));
    }

    [Fact]
    public async Task Members_that_an_answer_leaves_out_keep_their_last_value()
    {
        var ids = await fleet.RegisterAsync(1, Stop);
        await ReconcileAsync(null);
        var before = await fleet.FindAsync(ids[0], Stop);
        fleet.DataPlanes.Set("c0", Fault.Body("""{"healthStatus":"STARTING","region":"moon"}"""u8));

        await ReconcileAsync(null);

        var after = await fleet.FindAsync(ids[0], Stop);
        Assert.Equal((before.K8sVersion, before.DataplaneUrl, before.BaseDomain, "moon"), (after.K8sVersion, after.DataplaneUrl, after.BaseDomain, after.Region));
        Assert.Equal("""{"healthStatus":"STARTING","region":"moon"}""", Encoding.UTF8.GetString(after.HealthStatus!));
    }

    [Fact]
    public async Task Another_data_planes_answer_is_not_taken()
    {
        var ids = await fleet.RegisterAsync(1, Stop);
        fleet.DataPlanes.Set("c0", new ClusterBehaviour { Payload = new JsonObject { ["baseDomain"] = "c1.example.com" } });

        var outcome = await ReconcileAsync(null);

        AssertLists(outcome, [], ids);
        var cluster = await fleet.FindAsync(ids[0], Stop);
        Assert.Equal("UNEXPECTED_PAYLOAD", JsonNode.Parse(cluster.StatusReason)!.Member("code"));
        Assert.Equal("c0.example.com", cluster.BaseDomain);
        Assert.Null(cluster.HealthStatus);
    }

    [Fact]
    public async Task The_next_reconcile_decides_again_after_a_person_did()
    {
        await fleet.RegisterAsync(1, Stop);
        await ReconcileAsync(null);
        await fleet.Database.ExecuteAsync($"""UPDATE {HoustonNames.Cluster} SET "statusReason" = '"by hand"'""", Stop);

        await ReconcileAsync(null);

        Assert.Equal(
            ["HEALTHY"], await fleet.Database.QueryAsync<string>($"""SELECT "statusReason"->>'code' FROM {HoustonNames.Cluster}""", Stop));
    }

    private Task<ClusterReconciliation> ReconcileAsync(IReadOnlyList<Uuid>? ids, ReconcileScope? scope = null)
        => _replica.Reconciler.ReconcileAsync(ids, scope ?? ReconcileScope.All, Ada, Stop);

    /// <summary>Versions of the wide rows: a row that was rewritten has another one.</summary>
    private Task<List<string>> RecordsAsync()
        => fleet.Database.QueryAsync<string>($"""SELECT xmin::text || ctid::text || "updatedAt"::text FROM {HoustonNames.Cluster} ORDER BY id""", Stop);

    private Task<List<DateTime>> ObservationsAsync()
        => fleet.Database.QueryAsync<DateTime>($"""SELECT "observedAt" FROM {HoustonNames.ClusterObservation} ORDER BY "clusterId" """, Stop);

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

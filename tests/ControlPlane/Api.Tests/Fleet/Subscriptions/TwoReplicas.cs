using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Clusters;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Subscriptions;

/// <summary>Two hosts over one database, with real clocks.</summary>
public sealed class TwoReplicas(PostgresServer server)
    : Installation(server, new InstallationSetup { Replicas = 2, People = People.RootAndPlain })
{
    private const string IsListener = $"application_name = '{ControlPlaneDataSources.ListenerName}' AND datname = current_database()";

    /// <summary>The replica that tests subscribe to.</summary>
    public ApiHost A => Replicas[0];

    /// <summary>The replica that stores.</summary>
    public ApiHost B => Replicas[1];

    /// <summary>The token of a System Admin called <c>root</c>.</summary>
    public string Root => Admin.Token!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Every test begins without clusters.</summary>
    public Task ForgetAsync()
        => Database.ExecuteAsync(
            $"DELETE FROM {HoustonNames.Cluster}; DELETE FROM {HoustonNames.ClusterSyncRun}; DELETE FROM {HoustonNames.OutboxEvent}",
            CancellationToken.None);

    /// <summary>Stores ACTIVE clusters with the numbers from 1.</summary>
    public Task AddClustersAsync(int count) => AddClustersAsync([.. Enumerable.Range(1, count).Select(n => StoredClusters.Make(n))]);

    /// <summary>Sets the status of the n-th cluster through the replica that stores.</summary>
    public async Task SetStatusAsync(int n, ClusterStatus status)
    {
        using var anonymous = B.Anonymous;
        using var admin = anonymous.As(Root);
        var answer = await admin.AskAsync(
            "mutation($id: Uuid!, $status: ClusterStatus) { updateCluster(id: $id, status: $status) { status } }",
            new { id = StoredClusters.Id(n), status = EnumTexts.Of(status) });
        Assert.Equal(EnumTexts.Of(status), answer.Text("updateCluster.status"));
    }

    /// <summary>Cuts the connections that listen; the tests wait until each replica with subscribers has a new one.</summary>
    public async Task<int> CutListenersAsync()
        => (await Database.QueryAsync<bool>(
            $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {IsListener}", Cancellation)).Count;

    public async Task<int> CountListenersAsync()
        => (await Database.QueryAsync<int>($"SELECT count(*)::int FROM pg_stat_activity WHERE {IsListener}", Cancellation))[0];
}

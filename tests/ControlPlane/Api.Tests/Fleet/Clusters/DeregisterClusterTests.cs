using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Clusters;

/// <summary><c>deregisterCluster(id)</c>.</summary>
public sealed class DeregisterClusterTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
{
    private const string Denied = "You do not have the appropriate permissions for that";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await api.ForgetClustersAsync();
        await api.AddClustersAsync(StoredClusters.Make(1, "one"), StoredClusters.Make(2, "two"));
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task Forgets_the_cluster_and_says_which_it_was()
    {
        AnswerAssert.Is(
            """{"data":{"deregisterCluster":{"id":"00000000-0000-7000-8000-000000000001","name":"one"}}}""", await AskAsync(api.Admin, 1));

        AnswerAssert.Refuses(
            "cluster",
            "Cluster not found",
            "NOT_FOUND",
            await api.Admin.SendAsync($"{{ cluster(id: \"{StoredClusters.Id(1)}\") {{ id }} }}", cancellationToken: Cancelled));
        await PageAssert.ShowsAsync(api.Admin, "", 1, "two");
    }

    [Fact]
    public async Task Leaves_an_audit_row_and_nothing_else_of_it()
    {
        await api.StartDataPlanesAsync();
        var registered = await api.Admin.SendAsync(
            "mutation($url: String!) { registerCluster(name: \"three\", metadataUrl: $url) { id } }",
            new { url = api.DataPlanes.MetadataUrl("three") },
            Cancelled);
        var id = registered.Text("registerCluster.id");
        await api.SignInAsync(RoleTable.BuiltIn.Grant(RoleNames.ClusterViewer, clusterId: new Guid(id)));
        await api.Database.ExecuteAsync($"delete from {HoustonNames.AuditLog}", Cancelled);

        await api.Admin.SendAsync($"mutation {{ deregisterCluster(id: \"{id}\") {{ id }} }}", cancellationToken: Cancelled);

        await Traces.AreAuditsAsync(
            $$"""
            [{"kind":"USER","actor":"root","address":"127.0.0.1","action":"cluster.deregister","operation":"deregisterCluster","id":"{{id}}","name":"three",
              "before":{"name":"three","metadataUrl":"{{api.DataPlanes.MetadataUrl("three")}}","baseDomain":"three.example.com","workspaceIds":[],"status":"ACTIVE"},
              "after":null,"outcome":"SUCCESS","traceable":true}]
            """,
            api.Database);
        await Traces.IsHistoryAsync("[]", api.Database);
        Assert.Equal(
            [0L],
            await api.Database.QueryAsync<long>(
                $"""
                 select (select count(*) from {HoustonNames.ClusterObservation} where "clusterId" = '{id}')
                   + (select count(*) from {HoustonNames.RoleBinding} where "clusterId" = '{id}')
                 """,
                Cancelled));
    }

    [Fact]
    public async Task The_same_data_plane_can_be_registered_again()
    {
        await api.StartDataPlanesAsync();
        const string Register = "mutation($url: String!) { registerCluster(name: \"again\", metadataUrl: $url) { id name } }";
        var url = new { url = api.DataPlanes.MetadataUrl("again") };
        var first = (await api.Admin.SendAsync(Register, url, Cancelled)).Text("registerCluster.id");
        await api.Admin.SendAsync($"mutation {{ deregisterCluster(id: \"{first}\") {{ id }} }}", cancellationToken: Cancelled);

        var second = await api.Admin.SendAsync(Register, url, Cancelled);

        Assert.Equal("again", second.Text("registerCluster.name"));
        Assert.NotEqual(first, second.Text("registerCluster.id"));
    }

    [Theory]
    [InlineData(1, "The cluster cannot be deregistered: 1 deployment is still on it.")]
    [InlineData(3, "The cluster cannot be deregistered: 3 deployments are still on it.")]
    public async Task Is_refused_while_deployments_are_on_it(int deployments, string message)
    {
        var workspace = await api.AddWorkspaceAsync("mine");

        for (var i = 0; i < deployments; i++)
        {
            await api.AddDeploymentAsync($"live-{i}", StoredClusters.Id(1), workspace);
        }

        await api.AddDeploymentAsync("deleted", StoredClusters.Id(1), workspace, deletedAt: FakeClock.Noon);
        await api.AddDeploymentAsync("elsewhere", StoredClusters.Id(2), workspace);
        var before = await Traces.EverythingAsync(api.Database);

        AnswerAssert.Refuses("deregisterCluster", message, "CLUSTER_HAS_DEPLOYMENTS", await AskAsync(api.Admin, 1));
        Assert.Equal(before, await Traces.EverythingAsync(api.Database));
    }

    [Fact]
    public async Task Deployments_that_were_deleted_do_not_keep_it_and_lose_it()
    {
        var workspace = await api.AddWorkspaceAsync("mine");
        await api.AddDeploymentAsync("deleted", StoredClusters.Id(1), workspace, deletedAt: FakeClock.Noon);

        AnswerAssert.Is(
            """{"data":{"deregisterCluster":{"id":"00000000-0000-7000-8000-000000000001","name":"one"}}}""", await AskAsync(api.Admin, 1));
        Assert.Equal(
            ["deleted without a cluster"],
            await api.Database.QueryAsync<string>(
                $"""select "releaseName" || coalesce("clusterId"::text, ' without a cluster') from {HoustonNames.Deployment}""", Cancelled));
    }

    [Theory]
    [InlineData("00000000-0000-7000-8000-00000000ffff")]
    [InlineData("no id of ours")]
    [InlineData("")]
    public async Task An_id_that_names_nothing_is_not_found(string id)
        => AnswerAssert.Refuses(
            "deregisterCluster",
            "Cluster not found",
            "NOT_FOUND",
            await api.Admin.SendAsync($"mutation {{ deregisterCluster(id: \"{id}\") {{ id name }} }}", cancellationToken: Cancelled));

    [Fact]
    public async Task An_admin_of_the_cluster_may_and_others_may_not()
    {
        var admin = await api.SignInAsync(RoleTable.BuiltIn.Grant(RoleNames.ClusterAdmin, clusterId: StoredClusters.Id(1)));
        var viewer = await api.SignInAsync(RoleTable.BuiltIn.Grant(RoleNames.ClusterViewer, clusterId: StoredClusters.Id(1)));
        var editor = await api.SignInAsync(RoleTable.BuiltIn.Grant(RoleNames.SystemEditor));

        AnswerAssert.Refuses("deregisterCluster", Denied, "UNAUTHENTICATED", await AskAsync(api.Anonymous, 1));
        AnswerAssert.Refuses("deregisterCluster", Denied, "FORBIDDEN", await AskAsync(viewer, 1));
        AnswerAssert.Refuses("deregisterCluster", Denied, "FORBIDDEN", await AskAsync(editor, 1));
        AnswerAssert.Refuses("deregisterCluster", Denied, "FORBIDDEN", await AskAsync(admin, 2));
        AnswerAssert.Refuses("deregisterCluster", Denied, "FORBIDDEN", await AskAsync(admin, 99));
        AnswerAssert.Is(
            """{"data":{"deregisterCluster":{"id":"00000000-0000-7000-8000-000000000001","name":"one"}}}""", await AskAsync(admin, 1));
    }

    [Fact]
    public async Task Of_two_who_deregister_it_at_once_the_second_finds_nothing()
    {
        var answers = await Task.WhenAll(AskAsync(api.Admin, 1), AskAsync(api.Admin, 1));

        Assert.Single(answers, answer => answer.Body.Contains("\"code\":\"NOT_FOUND\"", StringComparison.Ordinal));
        Assert.Single(answers, answer => answer.Body == """{"data":{"deregisterCluster":{"id":"00000000-0000-7000-8000-000000000001","name":"one"}}}""");
    }

    private static Task<GraphQLAnswer> AskAsync(GraphQLClient client, int cluster)
        => client.SendAsync($"mutation {{ deregisterCluster(id: \"{StoredClusters.Id(cluster)}\") {{ id name }} }}", cancellationToken: Cancelled);
}

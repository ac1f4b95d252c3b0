using System.Net;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Clusters;

/// <summary><c>cluster(id)</c>.</summary>
public sealed class ClusterByIdTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
{
    private const string Denied = "You do not have the appropriate permissions for that";

    public async ValueTask InitializeAsync()
    {
        await api.ForgetClustersAsync();
        await api.AddClustersAsync(StoredClusters.Make(1), StoredClusters.Make(2));
    }

    public ValueTask DisposeAsync() => default;

    [Theory]
    [InlineData("00000000-0000-7000-8000-000000000001")]
    [InlineData("00000000-0000-7000-8000-000000000001", RoleNames.SystemViewer)]
    public async Task Shows_the_cluster_of_the_id(string id, string role = RoleNames.SystemAdmin)
        => AnswerAssert.Is(
            """{"data":{"cluster":{"id":"00000000-0000-7000-8000-000000000001","name":"c1","status":"ACTIVE","config":null}}}""",
            await AskAsync(await api.SignInAsync(RoleTable.BuiltIn.Grant(role)), id));

    [Theory]
    [InlineData("00000000-0000-7000-8000-00000000ffff")]
    [InlineData("ckn09stlt26041rkjuzg9rz3n")]
    [InlineData("{00000000-0000-7000-8000-000000000001}")]
    [InlineData("00000000000070008000000000000001")]
    [InlineData("")]
    [InlineData("\\u0000")]
    public async Task An_id_that_names_nothing_is_null_with_an_error_that_says_so(string id)
        => AnswerAssert.Refuses("cluster", "Cluster not found", "NOT_FOUND", await AskAsync(api.Admin, id));

    [Theory]
    [InlineData("00000000-0000-7000-8000-000000000001")]
    [InlineData("00000000-0000-7000-8000-00000000ffff")]
    [InlineData("no id of ours")]
    public async Task Without_the_permission_nobody_learns_whether_it_exists(string id)
    {
        AnswerAssert.Refuses("cluster", Denied, "UNAUTHENTICATED", await AskAsync(api.Anonymous, id));
        AnswerAssert.Refuses("cluster", Denied, "FORBIDDEN", await AskAsync(api.Plain, id));
    }

    [Theory]
    [InlineData(RoleNames.ClusterViewer)]
    [InlineData(RoleNames.ClusterAdmin)]
    public async Task A_role_on_the_cluster_is_enough_for_it_and_for_no_other(string role)
    {
        var caller = await api.SignInAsync(RoleTable.BuiltIn.Grant(role, clusterId: StoredClusters.Id(1)));

        AnswerAssert.Is(
            """{"data":{"cluster":{"id":"00000000-0000-7000-8000-000000000001","name":"c1","status":"ACTIVE","config":null}}}""",
            await AskAsync(caller, StoredClusters.Id(1).ToString()));
        AnswerAssert.Refuses("cluster", Denied, "FORBIDDEN", await AskAsync(caller, StoredClusters.Id(2).ToString()));
        AnswerAssert.Refuses("cluster", Denied, "FORBIDDEN", await AskAsync(caller, StoredClusters.Id(3).ToString()));
        AnswerAssert.Refuses("cluster", Denied, "FORBIDDEN", await AskAsync(caller, "no id of ours"));
    }

    [Fact]
    public async Task A_role_on_a_workspace_or_deployment_is_not_enough()
    {
        var workspace = await api.AddWorkspaceAsync("mine");
        var deployment = await api.AddDeploymentAsync("hosted", StoredClusters.Id(1), workspace);
        var caller = await api.SignInAsync(
            RoleTable.BuiltIn.Grant(RoleNames.WorkspaceAdmin, workspaceId: workspace), RoleTable.BuiltIn.Grant(RoleNames.DeploymentAdmin, deploymentId: deployment));

        AnswerAssert.Refuses("cluster", Denied, "FORBIDDEN", await AskAsync(caller, StoredClusters.Id(1).ToString()));
    }

    [Fact]
    public async Task The_id_comes_as_a_variable_of_the_type_uuid()
        => AnswerAssert.Is(
            """{"data":{"cluster":{"name":"c1"}}}""",
            await api.Admin.SendAsync(
                "query($id: Uuid!) { cluster(id: $id) { name } }", new { id = StoredClusters.Id(1) }, TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("ID!")]
    [InlineData("String!")]
    [InlineData("Uuid")]
    public async Task A_variable_of_another_type_breaks_a_rule_and_is_a_bad_request(string type)
    {
        var answer = await api.Admin.SendAsync(
            $"query($id: {type}) {{ cluster(id: $id) {{ name }} }}", new { id = StoredClusters.Id(1) }, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.StartsWith(
            $"{{\"errors\":[{{\"message\":\"Variable \\\"$id\\\" of type \\\"{type}\\\" used in position expecting type \\\"Uuid!\\\".\"",
            answer.Body,
            StringComparison.Ordinal);
        Assert.EndsWith("\"extensions\":{\"code\":\"GRAPHQL_VALIDATION_FAILED\"}}]}", answer.Body, StringComparison.Ordinal);
    }

    private static Task<GraphQLAnswer> AskAsync(GraphQLClient client, string id)
        => client.SendAsync($"{{ cluster(id: \"{id}\") {{ id name status config }} }}", cancellationToken: TestContext.Current.CancellationToken);
}

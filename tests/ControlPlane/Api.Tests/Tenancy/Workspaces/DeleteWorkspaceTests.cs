using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Tenancy.Workspaces;

/// <summary>What goes with a workspace, and what keeps it.</summary>
public sealed class DeleteWorkspaceTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
{
    private const string Delete = "mutation($workspaceId: Uuid!) { deleteWorkspace(workspaceUuid: $workspaceId) { id label description } }";

    public async ValueTask InitializeAsync() => await api.ForgetClustersAsync();

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task Roles_and_invitations_go_with_the_workspace()
    {
        var label = api.Name("data");
        var id = await api.AddWorkspaceAsync(label);
        var admin = await api.AddPersonAsync(id, RoleNames.WorkspaceAdmin);
        await admin.AskAsync(
            "mutation($id: Uuid!, $email: String!) { workspaceAddUser(workspaceUuid: $id, email: $email) { id } }",
            new { id, email = $"{api.Name("invited")}@example.com" });

        AnswerAssert.Is(
            $$"""{"data":{"deleteWorkspace":{"id":"{{id}}","label":"{{label}}","description":null} } }""", await admin.AskAsync(Delete, new { workspaceId = id }));

        AnswerAssert.Is("""{"data":{"workspaces":[]} }""", await admin.AskAsync("{ workspaces { id } }"));
        Assert.Equal(
            [0, 0],
            await api.Database.QueryAsync<int>(
                $"""
                 select count(*)::int from houston$default."RoleBinding" where "workspaceId" = '{id}' union all
                 select count(*)::int from houston$default."Invitation" where "workspaceId" = '{id}'
                 """,
                TestContext.Current.CancellationToken));
        Assert.Contains($$"""workspace.delete deleteWorkspace {{label}} {"label":"{{label}}","description":null} -""", await api.AuditAsync(id));
        Assert.Equal("FORBIDDEN", (await admin.AskAsync(Delete, new { workspaceId = id })).Code);
        Assert.Equal("WORKSPACE_NOT_FOUND", (await api.Admin.AskAsync(Delete, new { workspaceId = id })).Code);
    }

    [Fact]
    public async Task Deployments_keep_it_those_too_that_can_still_be_restored()
    {
        await api.AddClustersAsync(StoredClusters.Make(1));
        var id = await api.AddWorkspaceAsync();
        await api.AddDeploymentAsync(api.Name("gone"), StoredClusters.Id(1), id, deletedAt: FakeClock.Noon);

        AnswerAssert.Refuses(
            "deleteWorkspace",
            "The workspace cannot be deleted: 0 deployments are still in it, and 1 deleted deployment is kept to be restored.",
            "WORKSPACE_HAS_DEPLOYMENTS",
            await api.Admin.AskAsync(Delete, new { workspaceId = id }));

        await api.AddDeploymentAsync(api.Name("lives"), StoredClusters.Id(1), id);
        await api.AddDeploymentAsync(api.Name("lives"), StoredClusters.Id(1), id);

        AnswerAssert.Refuses(
            "deleteWorkspace",
            "The workspace cannot be deleted: 2 deployments are still in it, and 1 deleted deployment is kept to be restored.",
            "WORKSPACE_HAS_DEPLOYMENTS",
            await api.Admin.AskAsync(Delete, new { workspaceId = id }));
    }

    [Fact]
    public async Task A_cluster_that_is_reserved_for_others_too_stays_reserved_for_them()
    {
        var (id, other) = (await api.AddWorkspaceAsync(), await api.AddWorkspaceAsync());
        await api.AddClustersAsync(StoredClusters.Make(1, workspaces: [id, other]), StoredClusters.Make(2, workspaces: [other]));

        Assert.Null((await api.Admin.AskAsync(Delete, new { workspaceId = id })).Code);

        Assert.Equal([[other], [other]], await WorkspacesOfClustersAsync());
        Assert.Contains(
            $$"""cluster.update deleteWorkspace c1 {"workspaceIds":["{{id}}","{{other}}"]} {"workspaceIds":["{{other}}"]}""", await api.AuditAsync(id));
    }

    [Fact]
    public async Task A_cluster_that_is_reserved_for_it_alone_is_never_opened_to_all_by_its_going()
    {
        var (id, other) = (await api.AddWorkspaceAsync(), await api.AddWorkspaceAsync());
        await api.AddClustersAsync(
            StoredClusters.Make(1, "shared", workspaces: [id, other]), StoredClusters.Make(2, "own", workspaces: [id]), StoredClusters.Make(3, "also", workspaces: [id]));

        AnswerAssert.Refuses(
            "deleteWorkspace",
            "The workspace cannot be deleted: also, own would no longer be reserved and open to all workspaces. Change workspaceIds with updateCluster first.",
            "WORKSPACE_HAS_CLUSTERS",
            await api.Admin.AskAsync(Delete, new { workspaceId = id }));
        Assert.Equal([[id, other], [id], [id]], await WorkspacesOfClustersAsync());
    }

    [Fact]
    public async Task Nobody_reserves_a_cluster_for_a_workspace_that_goes_at_the_same_moment()
    {
        await api.AddClustersAsync(StoredClusters.Make(1, status: ClusterStatus.Active));

        for (var round = 0; round < 10; round++)
        {
            var id = await api.AddWorkspaceAsync();

            var answers = await Task.WhenAll(
                api.Admin.AskAsync(Delete, new { workspaceId = id }),
                api.Admin.AskAsync(
                    "mutation($id: Uuid!, $workspaces: [Uuid!]) { updateCluster(id: $id, workspaceIds: $workspaces) { id } }",
                    new { id = StoredClusters.Id(1), workspaces = new[] { id } }));

            // Either it is reserved, and the workspace stays; or the workspace is gone, and the cluster as it was.
            var reserved = (await WorkspacesOfClustersAsync())[0].Contains(id);
            Assert.Equal(
                reserved ? ("WORKSPACE_HAS_CLUSTERS", null) : (null, "CLUSTER_WORKSPACE_NOT_FOUND"), (answers[0].Code, answers[1].Code));
        }
    }

    [Fact]
    public async Task Only_admins_delete_a_workspace()
    {
        var id = await api.AddWorkspaceAsync();

        Assert.Equal("FORBIDDEN", (await (await api.AddPersonAsync(id, RoleNames.WorkspaceEditor)).AskAsync(Delete, new { workspaceId = id })).Code);
        Assert.Equal(
            "FORBIDDEN", (await (await api.AddPersonAsync(RoleTable.BuiltIn.Grant(RoleNames.SystemEditor))).AskAsync(Delete, new { workspaceId = id })).Code);
        Assert.Null((await api.Admin.AskAsync(Delete, new { workspaceId = id })).Code);
    }

    private Task<List<Guid[]>> WorkspacesOfClustersAsync()
        => api.Database.QueryAsync<Guid[]>("""select "workspaceIds" from houston$default."Cluster" order by id""", TestContext.Current.CancellationToken);
}

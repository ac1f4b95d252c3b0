using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Tenancy.Workspaces;

/// <summary>Which workspaces may use a cluster: how that is said, and who sees the cluster then.</summary>
public sealed class ClusterWorkspacesTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
{
    private const string Update = "mutation($id: Uuid!, $workspaces: [Uuid!]) { updateCluster(id: $id, workspaceIds: $workspaces) { workspaceIds } }";

    private Guid _one;
    private Guid _two;

    public async ValueTask InitializeAsync()
    {
        await api.ForgetClustersAsync();
        _one = await api.AddWorkspaceAsync();
        _two = await api.AddWorkspaceAsync();
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task Whoever_comes_into_a_workspace_sees_its_cluster_at_the_next_request_and_no_longer_when_they_have_left()
    {
        await api.AddClustersAsync(StoredClusters.Make(1, "open"), StoredClusters.Make(2, "reserved"));
        var (ada, eve) = (await api.AddPersonAsync(_one, RoleNames.WorkspaceAdmin), await api.AddPersonAsync());
        await PageAssert.ShowsAsync(eve.Client, "", 2, "reserved", "open");

        Assert.Null((await UpdateAsync(2, _one)).Code);
        await PageAssert.ShowsAsync(eve.Client, "", 1, "open");
        await PageAssert.ShowsAsync(ada.Client, "", 2, "reserved", "open");

        await eve.JoinAsync(ada, _one);
        await PageAssert.ShowsAsync(eve.Client, "", 2, "reserved", "open");

        await ada.AskAsync("mutation($id: Uuid!, $user: Uuid!) { workspaceRemoveUser(workspaceUuid: $id, userUuid: $user) { id } }", new { id = _one, user = eve.Id });
        await PageAssert.ShowsAsync(eve.Client, "", 1, "open");

        var team = await api.AddTeamAsync([eve]);
        await ada.AskAsync("mutation($id: Uuid!, $team: Uuid!) { workspaceAddTeam(workspaceUuid: $id, teamUuid: $team) { id } }", new { id = _one, team });
        await PageAssert.ShowsAsync(eve.Client, "", 2, "reserved", "open");

        Assert.Null((await UpdateAsync(2)).Code);
        await PageAssert.ShowsAsync((await api.AddPersonAsync()).Client, "", 2, "reserved", "open");
    }

    [Fact]
    public async Task The_list_is_replaced_in_any_state_and_leaves_a_row()
    {
        await api.AddClustersAsync(StoredClusters.Make(1, status: ClusterStatus.Inactive));

        AnswerAssert.Is(Shows(_one), await UpdateAsync(1, _one, _one));
        AnswerAssert.Is(Shows(_one, _two), await UpdateAsync(1, _one, _two));
        AnswerAssert.Is(Shows(_one, _two), await UpdateAsync(1, _two, _one));
        AnswerAssert.Is(Shows(_one, _two), await api.Admin.AskAsync(Update, new { id = StoredClusters.Id(1), workspaces = (Guid[]?)null }));
        AnswerAssert.Is(Shows(_one, _two), await api.Admin.AskAsync(Update, new { id = StoredClusters.Id(1) }));
        AnswerAssert.Is(Shows(), await UpdateAsync(1));

        Assert.Equal(
            [$"[\"{_one}\",\"{_two}\"] []", $"[\"{_one}\"] [\"{_one}\",\"{_two}\"]", $"[] [\"{_one}\"]"],
            (await api.Database.QueryAsync<string>(
                """
                select concat_ws(' ', before->'workspaceIds', after->'workspaceIds') from houston$default."AuditLog"
                where action = 'cluster.update' and outcome = 'SUCCESS'
                """,
                TestContext.Current.CancellationToken)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_workspace_that_is_not_there_is_named_and_nothing_is_changed()
    {
        await api.AddClustersAsync(StoredClusters.Make(1, workspaces: [_one]));
        var unknown = Guid.NewGuid();

        AnswerAssert.Refuses(
            "updateCluster",
            $"There is no workspace with the id '{unknown}' to reserve the cluster for.",
            "CLUSTER_WORKSPACE_NOT_FOUND",
            await UpdateAsync(1, _two, unknown));
        AnswerAssert.Refuses(
            "updateCluster",
            "There is no workspace with the id 'no-id-of-ours' to reserve the cluster for.",
            "CLUSTER_WORKSPACE_NOT_FOUND",
            await api.Admin.AskAsync(Update, new { id = StoredClusters.Id(1), workspaces = new[] { "no-id-of-ours" } }));

        // Left out, it would open the cluster to everybody.
        Assert.Equal(
            "CLUSTER_WORKSPACE_NOT_FOUND", (await api.Admin.AskAsync(Update, new { id = StoredClusters.Id(1), workspaces = new[] { "" } })).Code);
        AnswerAssert.Is(Shows(_one), await api.Admin.AskAsync(Update, new { id = StoredClusters.Id(1) }));
    }

    [Fact]
    public async Task A_cluster_can_be_registered_for_some_workspaces()
    {
        const string Register = "mutation($url: String!, $workspaces: [Uuid!]) { registerCluster(name: \"new\", metadataUrl: $url, workspaceIds: $workspaces) { workspaceIds } }";
        await api.StartDataPlanesAsync();
        var url = api.DataPlanes.MetadataUrl("new");

        Assert.Equal("CLUSTER_WORKSPACE_NOT_FOUND", (await api.Admin.AskAsync(Register, new { url, workspaces = new[] { Guid.NewGuid() } })).Code);
        await PageAssert.ShowsAsync(api.Admin, "", 0);
        AnswerAssert.Is(
            $$"""{"data":{"registerCluster":{"workspaceIds":["{{_one}}"]} } }""", await api.Admin.AskAsync(Register, new { url, workspaces = new[] { _one } }));
        await PageAssert.ShowsAsync(api.Plain, "", 0);
        await PageAssert.ShowsAsync((await api.AddPersonAsync(_one, RoleNames.WorkspaceViewer)).Client, "", 1, "new");
    }

    private Task<Apc.TestKit.GraphQLAnswer> UpdateAsync(int cluster, params Guid[] workspaces)
        => api.Admin.AskAsync(Update, new { id = StoredClusters.Id(cluster), workspaces });

    private static string Shows(params Guid[] workspaces)
        => $$"""{"data":{"updateCluster":{"workspaceIds":[{{string.Join(',', workspaces.Select(id => $"\"{id}\""))}}]} } }""";
}

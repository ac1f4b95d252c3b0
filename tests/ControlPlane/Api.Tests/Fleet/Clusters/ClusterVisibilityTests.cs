using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Clusters;

/// <summary>Which clusters <c>paginatedClusters</c> shows to whom, and what of them.</summary>
public sealed class ClusterVisibilityTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
{
    private Guid _mine;
    private Guid _others;
    private Guid _hosted;
    private Guid _gone;

    /// <summary>One cluster for everybody, and four that are reserved for workspaces.</summary>
    public async ValueTask InitializeAsync()
    {
        await api.ForgetClustersAsync();
        _mine = await api.AddWorkspaceAsync("mine");
        _others = await api.AddWorkspaceAsync("others");
        await api.AddClustersAsync(
            StoredClusters.Make(1, "open", region: "north"),
            StoredClusters.Make(2, "mine", region: "north", workspaces: [_mine]),
            StoredClusters.Make(3, "shared", region: "south", workspaces: [_mine, _others]),
            StoredClusters.Make(4, "hosting", region: "south", workspaces: [_others]),
            StoredClusters.Make(5, "reserved", region: "south", workspaces: [_others]));
        _hosted = await api.AddDeploymentAsync("hosted", StoredClusters.Id(4), _others);
        _gone = await api.AddDeploymentAsync("gone", StoredClusters.Id(5), _others, deletedAt: FakeClock.Noon);
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task Nobody_sees_clusters_without_a_token()
        => await PageAssert.RefusesAsync(api.Anonymous, "", "You do not have the appropriate permissions for that", "UNAUTHENTICATED");

    [Fact]
    public async Task A_wrong_token_is_as_none()
    {
        using var wrong = api.Anonymous.As("apc_u_0000000000000000000000000000000000000000000000000000");

        await PageAssert.RefusesAsync(wrong, "take: 0", "You do not have the appropriate permissions for that", "UNAUTHENTICATED");
    }

    [Fact]
    public async Task Whoever_is_signed_in_sees_what_is_reserved_for_nobody()
        => await PageAssert.ShowsAsync(api.Plain, "", 1, "open");

    [Theory]
    [InlineData(RoleNames.SystemAdmin)]
    [InlineData(RoleNames.SystemEditor)]
    [InlineData(RoleNames.SystemViewer)]
    public async Task System_roles_see_all(string role)
        => await PageAssert.ShowsAsync(await api.SignInAsync(RoleTable.BuiltIn.Grant(role)), "", 5, "reserved", "hosting", "shared", "mine", "open");

    [Theory]
    [InlineData(RoleNames.WorkspaceViewer)]
    [InlineData(RoleNames.WorkspaceAdmin)]
    public async Task Members_of_a_workspace_see_what_is_reserved_for_it(string role)
        => await PageAssert.ShowsAsync(await api.SignInAsync(RoleTable.BuiltIn.Grant(role, workspaceId: _mine)), "", 3, "shared", "mine", "open");

    [Fact]
    public async Task A_role_on_a_deployment_shows_the_cluster_that_hosts_it()
        => await PageAssert.ShowsAsync(
            await api.SignInAsync(RoleTable.BuiltIn.Grant(RoleNames.DeploymentViewer, deploymentId: _hosted)), "", 2, "hosting", "open");

    [Fact]
    public async Task A_deployment_that_was_deleted_shows_nothing()
        => await PageAssert.ShowsAsync(await api.SignInAsync(RoleTable.BuiltIn.Grant(RoleNames.DeploymentAdmin, deploymentId: _gone)), "", 1, "open");

    [Fact]
    public async Task A_role_on_a_cluster_shows_it()
        => await PageAssert.ShowsAsync(
            await api.SignInAsync(RoleTable.BuiltIn.Grant(RoleNames.ClusterViewer, clusterId: StoredClusters.Id(5))), "", 2, "reserved", "open");

    [Fact]
    public async Task Roles_of_all_kinds_add_up()
    {
        var caller = await api.SignInAsync(
            RoleTable.BuiltIn.Grant(RoleNames.WorkspaceEditor, workspaceId: _mine),
            RoleTable.BuiltIn.Grant(RoleNames.DeploymentEditor, deploymentId: _hosted),
            RoleTable.BuiltIn.Grant(RoleNames.ClusterAdmin, clusterId: StoredClusters.Id(5)));

        await PageAssert.ShowsAsync(caller, "", 5, "reserved", "hosting", "shared", "mine", "open");
    }

    [Fact]
    public async Task Filters_pages_and_counts_stay_within_what_the_caller_sees()
    {
        var caller = await api.SignInAsync(RoleTable.BuiltIn.Grant(RoleNames.WorkspaceViewer, workspaceId: _mine));

        await PageAssert.ShowsAsync(caller, "region: \"south\"", 1, "shared");
        await PageAssert.ShowsAsync(caller, "status: ACTIVE, take: 1", 3, "shared");
        await PageAssert.ShowsAsync(caller, $"take: 1, cursor: \"{StoredClusters.Id(3)}\"", 3, "mine");
        await PageAssert.ShowsAsync(caller, "take: 2, pageNumber: 1", 3, "open");
        await PageAssert.ShowsAsync(caller, "searchPhrase: \"e\"", 3, "shared", "mine", "open");
        await PageAssert.ShowsAsync(caller, $"id: \"{StoredClusters.Id(5)}\"", 0);
    }

    [Fact]
    public async Task Configuration_and_history_are_refused_at_their_paths_and_the_rest_stands()
    {
        var answer = await api.Plain.SendAsync(
            "{ paginatedClusters { clusters { name workspaceIds config configOverride statusHistory { count } } count } }",
            cancellationToken: TestContext.Current.CancellationToken);

        AnswerAssert.Is(
            $$"""
            {"errors":[{{Refused("config", 52)}},{{Refused("configOverride", 59)}},{{Refused("statusHistory", 74)}}],
             "data":{"paginatedClusters":{"clusters":[
              {"name":"open","workspaceIds":[],"config":null,"configOverride":null,"statusHistory":null}],"count":1} } }
            """,
            answer);
    }

    [Fact]
    public async Task A_role_on_one_cluster_opens_the_configuration_of_that_one_alone()
    {
        var caller = await api.SignInAsync(RoleTable.BuiltIn.Grant(RoleNames.ClusterViewer, clusterId: StoredClusters.Id(5)));

        var answer = await caller.SendAsync(
            "{ paginatedClusters { clusters { name statusHistory { count } } } }", cancellationToken: TestContext.Current.CancellationToken);

        AnswerAssert.Is(
            $$"""
            {"errors":[{{Refused("statusHistory", 39, index: 1)}}],
             "data":{"paginatedClusters":{"clusters":[{"name":"reserved","statusHistory":{"count":0} },{"name":"open","statusHistory":null}]} } }
            """,
            answer);
    }

    private static string Refused(string field, int column, int index = 0)
        => $$"""
           {"message":"You do not have the appropriate permissions for that","locations":[{"line":1,"column":{{column}} }],
            "path":["paginatedClusters","clusters",{{index}},"{{field}}"],"extensions":{"code":"FORBIDDEN"} }
           """;
}

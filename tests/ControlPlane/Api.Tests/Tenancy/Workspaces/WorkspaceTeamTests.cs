using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Tenancy.Workspaces;

/// <summary>How teams come into a workspace, change and leave.</summary>
public sealed class WorkspaceTeamTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
{
    private const string Add = "mutation($id: Uuid!, $team: Uuid!) { workspaceAddTeam(workspaceUuid: $id, teamUuid: $team) { teams { id } } }";
    private const string Update = "mutation($id: Uuid!, $team: Uuid!, $role: Role!) { workspaceUpdateTeamRole(workspaceUuid: $id, teamUuid: $team, role: $role) }";
    private const string Remove = "mutation($id: Uuid!, $team: Uuid!) { workspaceRemoveTeam(workspaceUuid: $id, teamUuid: $team) { teams { id } } }";

    private Guid _id;
    private Person _admin = null!;

    public async ValueTask InitializeAsync()
    {
        await api.ForgetClustersAsync();
        _id = await api.AddWorkspaceAsync();
        _admin = await api.AddPersonAsync(_id, RoleNames.WorkspaceAdmin);
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task Members_of_a_team_are_in_the_workspace_as_long_as_the_team_is()
    {
        var eve = await api.AddPersonAsync();
        var team = await api.AddTeamAsync([eve]);
        Assert.Null(await RenameAsync(_admin));
        Assert.Equal("FORBIDDEN", await RenameAsync(eve));

        AnswerAssert.Is($$"""{"data":{"workspaceAddTeam":{"teams":[{"id":"{{team}}"}]} } }""", await _admin.AskAsync(Add, new { id = _id, team }));
        Assert.Equal("FORBIDDEN", await RenameAsync(eve));
        AnswerAssert.Is(
            """{"data":{"workspaceUpdateTeamRole":"WORKSPACE_EDITOR"} }""", await _admin.AskAsync(Update, new { id = _id, team, role = "WORKSPACE_EDITOR" }));
        Assert.Null(await RenameAsync(eve));
        AnswerAssert.Is("""{"data":{"workspaceRemoveTeam":{"teams":[]} } }""", await _admin.AskAsync(Remove, new { id = _id, team }));
        Assert.Equal("FORBIDDEN", await RenameAsync(eve));
    }

    [Fact]
    public async Task What_cannot_be_done_is_said()
    {
        var team = await api.AddTeamAsync([], RoleTable.BuiltIn.Grant(RoleNames.WorkspaceViewer, workspaceId: _id));
        var stranger = await api.AddTeamAsync([]);

        AnswerAssert.Refuses(
            "workspaceAddTeam",
            "There is a role in this workspace already. Change it with workspaceUpdateTeamRole.",
            "WORKSPACE_MEMBER_EXISTS",
            await _admin.AskAsync(Add, new { id = _id, team }));
        AnswerAssert.Refuses(
            "workspaceRemoveTeam", "Team not found in this workspace", "WORKSPACE_MEMBER_NOT_FOUND", await _admin.AskAsync(Remove, new { id = _id, team = stranger }));
        Assert.Equal("TEAM_NOT_FOUND", (await _admin.AskAsync(Add, new { id = _id, team = Guid.NewGuid() })).Code);
        Assert.Equal("TEAM_NOT_FOUND", (await _admin.AskAsync(Update, new { id = _id, team = "x", role = "WORKSPACE_VIEWER" })).Code);
        Assert.Equal("INVALID_ROLE", (await _admin.AskAsync(Update, new { id = _id, team, role = "SYSTEM_VIEWER" })).Code);
        Assert.Equal("WORKSPACE_NOT_FOUND", (await api.Admin.AskAsync(Add, new { id = Guid.NewGuid(), team })).Code);
    }

    [Fact]
    public async Task A_team_may_be_the_admin_that_stays()
    {
        var team = await api.AddTeamAsync([await api.AddPersonAsync()], RoleTable.BuiltIn.Grant(RoleNames.WorkspaceAdmin, workspaceId: _id));
        const string RemoveUser = "mutation($id: Uuid!, $user: Uuid!) { workspaceRemoveUser(workspaceUuid: $id, userUuid: $user) { id } }";

        Assert.Null((await _admin.AskAsync(RemoveUser, new { id = _id, user = _admin.Id })).Code);
        Assert.Equal("LAST_ADMIN", (await api.Admin.AskAsync(Remove, new { id = _id, team })).Code);
        Assert.Equal("LAST_ADMIN", (await api.Admin.AskAsync(Update, new { id = _id, team, role = "WORKSPACE_EDITOR" })).Code);
    }

    private async Task<string?> RenameAsync(Person person)
        => (await person.AskAsync(
            "mutation($id: Uuid!) { updateWorkspace(workspaceUuid: $id, payload: { description: \"x\" }) { id } }", new { id = _id })).Code;
}

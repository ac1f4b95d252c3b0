using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Tenancy.Workspaces;

/// <summary>What members of a workspace do not learn of each other, and of what is none of theirs.</summary>
public sealed class WorkspacePrivacyTests(Installation api) : IClassFixture<Installation>
{
    private const string Users = "query($id: Uuid!) { workspaceUsers(workspaceUuid: $id) { id roleBindings { role workspace { id } } } }";

    [Fact]
    public async Task Of_the_roles_of_others_members_see_those_in_workspaces_of_their_own()
    {
        var (here, both, there) = (await api.AddWorkspaceAsync(), await api.AddWorkspaceAsync(), await api.AddWorkspaceAsync());
        var busy = await api.AddPersonAsync(
            RoleTable.BuiltIn.Grant(RoleNames.WorkspaceAdmin, workspaceId: here),
            RoleTable.BuiltIn.Grant(RoleNames.WorkspaceEditor, workspaceId: both),
            RoleTable.BuiltIn.Grant(RoleNames.WorkspaceViewer, workspaceId: there),
            RoleTable.BuiltIn.Grant(RoleNames.SystemViewer));
        var one = await api.AddPersonAsync(here, RoleNames.WorkspaceViewer);
        var two = await api.AddPersonAsync(
            RoleTable.BuiltIn.Grant(RoleNames.WorkspaceViewer, workspaceId: here), RoleTable.BuiltIn.Grant(RoleNames.WorkspaceViewer, workspaceId: both));

        Assert.Equal([$"WORKSPACE_ADMIN {here}"], await RolesShownAsync(one, here, busy));
        Assert.Equal([$"WORKSPACE_ADMIN {here}", $"WORKSPACE_EDITOR {both}"], await RolesShownAsync(two, here, busy));
        string[] all = ["SYSTEM_VIEWER ", $"WORKSPACE_ADMIN {here}", $"WORKSPACE_EDITOR {both}", $"WORKSPACE_VIEWER {there}"];
        Assert.Equal(all, await RolesShownAsync(busy, here, busy));
        Assert.Equal(all, await RolesShownAsync(await api.AddPersonAsync(RoleTable.BuiltIn.Grant(RoleNames.SystemViewer)), here, busy));

        // The way to somebody makes no difference: through bindings of the workspace it is the same.
        var answer = await one.AskAsync(
            "query($id: Uuid!) { workspace(workspaceUuid: $id) { roleBindings { user { id roleBindings { role } } } } }", new { id = here });
        Assert.DoesNotContain("WORKSPACE_EDITOR", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("SYSTEM_VIEWER", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_service_accounts_too_members_see_the_roles_in_their_own_workspaces_alone()
    {
        var robot = await api.AddRobotAsync(RoleNames.SystemViewer);
        var made = await robot.AskAsync("mutation($label: String!) { createWorkspace(label: $label) { id } }", new { label = api.Name("robots") });
        var id = made.Text("createWorkspace.id");
        var viewer = await api.AddPersonAsync(Guid.Parse(id), RoleNames.WorkspaceViewer);

        var answer = await viewer.AskAsync(
            "query($id: Uuid!) { workspace(workspaceUuid: $id) { roleBindings { role serviceAccount { id roleBindings { role } } } } }", new { id });

        Assert.Contains(
            $$$"""{"role":"WORKSPACE_ADMIN","serviceAccount":{"id":"{{{robot.Id}}}","roleBindings":[{"role":"WORKSPACE_ADMIN"}]}}""", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_member_may_not_see_is_refused_at_its_path_and_the_rest_stands()
    {
        var id = await api.AddWorkspaceAsync();
        var viewer = await api.AddPersonAsync(id, RoleNames.WorkspaceViewer);

        var answer = await viewer.AskAsync("query($id: Uuid!) { workspace(workspaceUuid: $id) { users { id } invites { id } workspaceCapabilities { canUpdateIAM } } }", new { id });

        AnswerAssert.Is(
            $$"""
            {"errors":[{"message":"You do not have the appropriate permissions for that","locations":[{"line":1,"column":66}],
              "path":["workspace","invites"],"extensions":{"code":"FORBIDDEN"} }],
             "data":{"workspace":{"users":[{"id":"{{viewer.Id}}"}],"invites":null,"workspaceCapabilities":{"canUpdateIAM":false} } } }
            """,
            answer);
    }

    [Fact]
    public async Task Strangers_reach_no_list_of_a_workspace()
    {
        var (id, other) = (await api.AddWorkspaceAsync(), await api.AddWorkspaceAsync());
        var stranger = await api.AddPersonAsync(other, RoleNames.WorkspaceAdmin);

        foreach (var field in new[]
        {
            "workspace(workspaceUuid: $id) { id }",
            "workspaceUsers(workspaceUuid: $id) { id }",
            "workspaceUser(workspaceUuid: $id, user: {}) { id }",
            "paginatedWorkspaceUsers(workspaceUuid: $id) { id }",
            "workspaceTeams(workspaceUuid: $id) { id }",
            "workspaceInvites(workspaceUuid: $id) { id }",
        })
        {
            Assert.Equal("FORBIDDEN", (await stranger.AskAsync($"query($id: Uuid!) {{ {field} }}", new { id })).Code);
            Assert.Equal("UNAUTHENTICATED", (await api.Anonymous.AskAsync($"query($id: Uuid!) {{ {field} }}", new { id })).Code);
        }
    }

    private static async Task<string[]> RolesShownAsync(Person caller, Guid workspace, Person of)
    {
        var answer = await caller.AskAsync(Users, new { id = workspace });
        return
        [
            .. answer.Data("workspaceUsers").EnumerateArray().Single(u => u.GetProperty("id").GetString() == of.Id.ToString())
                .GetProperty("roleBindings").EnumerateArray()
                .Select(b => $"{b.GetProperty("role").GetString()} {(b.GetProperty("workspace") is { ValueKind: System.Text.Json.JsonValueKind.Object } w ? w.GetProperty("id").GetString() : "")}")
                .Order(StringComparer.Ordinal),
        ];
    }
}

using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Tenancy.Workspaces;

/// <summary>The operations that the command line client sends about workspaces: names and types of variables and selected fields as it has them.</summary>
public sealed class CliWorkspaceTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
{
    private const string Times = "\"createdAt\":\"2026-01-01T12:00:00.000Z\",\"updatedAt\":\"2026-01-01T12:00:00.000Z\"";

    private string _label = null!;
    private Guid _id;
    private Person _admin = null!;

    private string Shown => $"\"id\":\"{_id}\",\"label\":\"{_label}\",\"description\":null";

    public async ValueTask InitializeAsync()
    {
        await api.ForgetClustersAsync();
        _label = api.Name("data");
        _id = await api.AddWorkspaceAsync(_label);
        _admin = await api.AddPersonAsync(_id, RoleNames.WorkspaceAdmin);
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task Create_workspace()
    {
        var label = api.Name("cli");

        var answer = await _admin.AskAsync(
            """
            mutation CreateWorkspace($label: String!, $description: String = "N/A") {
              createWorkspace(label: $label, description: $description) { id label description createdAt updatedAt }
            }
            """,
            new { label });

        AnswerAssert.Is(
            $$"""{"data":{"createWorkspace":{"id":"{{answer.Text("createWorkspace.id")}}","label":"{{label}}","description":"N/A",{{Times}}} } }""", answer);
    }

    [Fact]
    public async Task Delete_workspace()
        => AnswerAssert.Is(
            $$"""{"data":{"deleteWorkspace":{ {{Shown}} } } }""",
            await _admin.AskAsync(
                "mutation DeleteWorkspace($workspaceId: Uuid!) { deleteWorkspace(workspaceUuid: $workspaceId) { id label description } }", new { workspaceId = _id }));

    [Fact]
    public async Task Update_workspace()
        => AnswerAssert.Is(
            $$"""{"data":{"updateWorkspace":{"id":"{{_id}}","label":"{{_label}}","description":"new",{{Times}}} } }""",
            await _admin.AskAsync(
                """
                mutation UpdateWorkspace($workspaceId: Uuid!, $payload: JSON!) {
                  updateWorkspace(workspaceUuid: $workspaceId, payload: $payload) { id label description createdAt updatedAt }
                }
                """,
                new { workspaceId = _id, payload = new { label = _label, description = "new" } }));

    [Theory]
    [InlineData("query GetWorkspaces { workspaces { ", "} }", "workspaces", true)]
    [InlineData("query GetWorkspace($workspaceUuid: Uuid!) { workspace(workspaceUuid: $workspaceUuid) { ", "} }", "workspace", false)]
    public async Task Get_workspaces(string before, string after, string field, bool isList)
    {
        var shown = $$$$"""{ {{{{Shown}}}},{{{{Times}}}},"roleBindings":[{"role":"WORKSPACE_ADMIN","user":{"id":"{{{{_admin.Id}}}}","username":"{{{{Username}}}}"},"serviceAccount":null}] }""";

        AnswerAssert.Is(
            $$"""{"data":{"{{field}}":{{(isList ? $"[{shown}]" : shown)}}} }""",
            await _admin.AskAsync(
                before + "id label description createdAt updatedAt roleBindings { role user { id username } serviceAccount { id label } } " + after,
                new { workspaceUuid = _id }));
    }

    [Fact]
    public async Task Validate_workspace()
        => AnswerAssert.Is(
            $$"""{"data":{"workspace":{ {{Shown}},{{Times}}} } }""",
            await _admin.AskAsync(
                "query GetWorkspace($workspaceUuid: Uuid!) { workspace(workspaceUuid: $workspaceUuid) { id label description createdAt updatedAt } }",
                new { workspaceUuid = _id }));

    [Fact]
    public async Task Paginated_workspaces()
        => AnswerAssert.Is(
            $$"""{"data":{"paginatedWorkspaces":[{ {{Shown}},{{Times}}}]} }""",
            await _admin.AskAsync(
                """
                query paginatedWorkspaces($pageSize: Int, $pageNumber: Int) {
                  paginatedWorkspaces(take: $pageSize, pageNumber: $pageNumber) { id label description createdAt updatedAt }
                }
                """,
                new { pageSize = 10, pageNumber = 0 }));

    [Fact]
    public async Task Add_and_remove_a_user()
    {
        var eve = await api.AddPersonAsync();

        var added = await _admin.AskAsync(
            """
            mutation AddWorkspaceUser($workspaceId: Uuid!, $email: String!, $role: Role!) {
              workspaceAddUser(workspaceUuid: $workspaceId, email: $email, role: $role) {
                id label description users { id username roleBindings { role } } createdAt updatedAt
              }
            }
            """,
            new { workspaceId = _id, email = eve.Email, role = "WORKSPACE_EDITOR" });

        AnswerAssert.Is($$"""{"data":{"workspaceAddUser":{ {{Shown}},"users":[{{People((_admin, Role("ADMIN")))}}],{{Times}}} } }""", added);
        await eve.JoinAsync(_admin, _id, RoleNames.WorkspaceEditor);
        AnswerAssert.Is(
            $$"""{"data":{"workspaceRemoveUser":{ {{Shown}},"users":[{{People((_admin, ""))}}],{{Times}}} } }""",
            await _admin.AskAsync(
                """
                mutation RemoveWorkspaceUser($workspaceId: Uuid!, $userId: Uuid!) {
                  workspaceRemoveUser(workspaceUuid: $workspaceId, userUuid: $userId) { id label description users { id username } createdAt updatedAt }
                }
                """,
                new { workspaceId = _id, userId = eve.Id }));
    }

    [Theory]
    [InlineData("query workspaceUsers($workspaceUuid: Uuid!) { workspaceUsers(workspaceUuid: $workspaceUuid)", "workspaceUsers")]
    [InlineData(
        "query paginatedWorkspaceUsers($workspaceUuid: Uuid!, $cursorUuid: Uuid, $take: Int) { paginatedWorkspaceUsers(workspaceUuid: $workspaceUuid, cursor: $cursorUuid, take: $take)",
        "paginatedWorkspaceUsers")]
    public async Task List_users(string query, string field)
        => AnswerAssert.Is(
            $$$"""
            {"data":{"{{{field}}}":[{"id":"{{{_admin.Id}}}","username":"{{{Username}}}","fullName":null,"emails":[{"address":"{{{_admin.Email}}}"}],
              "roleBindings":[{"workspace":{"id":"{{{_id}}}"},"role":"WORKSPACE_ADMIN"}]}]}}
            """,
            await _admin.AskAsync(
                query + " { id username fullName emails { address } roleBindings { workspace { id } role } } }", new { workspaceUuid = _id, cursorUuid = "", take = 100 }));

    [Fact]
    public async Task Change_a_user_and_look_at_one()
    {
        AnswerAssert.Is(
            """{"data":{"workspaceUpsertUserRole":"WORKSPACE_ADMIN"} }""",
            await _admin.AskAsync(
                """
                mutation workspaceUpsertUserRole($workspaceUuid: Uuid!, $email: String!, $role: Role!) {
                  workspaceUpsertUserRole(workspaceUuid: $workspaceUuid, email: $email, role: $role)
                }
                """,
                new { workspaceUuid = _id, email = _admin.Email, role = "WORKSPACE_ADMIN" }));
        AnswerAssert.Is(
            $$$"""
            {"data":{"workspaceUser":{"id":"{{{_admin.Id}}}","username":"{{{Username}}}","roleBindings":[{"workspace":{"id":"{{{_id}}}"},"role":"WORKSPACE_ADMIN"}]} } }
            """,
            await _admin.AskAsync(
                """
                query workspaceGetUser($workspaceUuid: Uuid!, $email: String!) {
                  workspaceUser(workspaceUuid: $workspaceUuid, user: { email: $email }) { id username roleBindings { workspace { id } role } }
                }
                """,
                new { workspaceUuid = _id, email = _admin.Email }));
    }

    [Fact]
    public async Task Add_change_list_and_remove_a_team()
    {
        var team = await api.AddTeamAsync([]);
        var variables = new { workspaceUuid = _id, teamUuid = team, role = "WORKSPACE_EDITOR" };

        AnswerAssert.Is(
            $$"""{"data":{"workspaceAddTeam":{ {{Shown}},{{Times}}} } }""",
            await _admin.AskAsync(
                """
                mutation AddWorkspaceTeam($workspaceUuid: Uuid!, $teamUuid: Uuid!, $role: Role! = WORKSPACE_VIEWER, $deploymentRoles: [DeploymentRoles!] = []) {
                  workspaceAddTeam(workspaceUuid: $workspaceUuid, teamUuid: $teamUuid, role: $role, deploymentRoles: $deploymentRoles) {
                    id label description createdAt updatedAt
                  }
                }
                """,
                new { workspaceUuid = _id, teamUuid = team, role = "WORKSPACE_VIEWER", deploymentRoles = Array.Empty<object>() }));
        AnswerAssert.Is(
            """{"data":{"workspaceUpdateTeamRole":"WORKSPACE_EDITOR"} }""",
            await _admin.AskAsync(
                """
                mutation workspaceUpdateTeamRole($workspaceUuid: Uuid!, $teamUuid: Uuid!, $role: Role!) {
                  workspaceUpdateTeamRole(workspaceUuid: $workspaceUuid, teamUuid: $teamUuid, role: $role)
                }
                """,
                variables));

        var teams = await _admin.AskAsync(
            """
            query workspaceGetTeams($workspaceUuid: Uuid!) {
              workspaceTeams(workspaceUuid: $workspaceUuid) { id name roleBindings { role workspace { id label } deployment { id label } } }
            }
            """,
            variables);
        AnswerAssert.Is(
            $$$"""
            {"data":{"workspaceTeams":[{"id":"{{{team}}}","name":"{{{teams.Data("workspaceTeams")[0].GetProperty("name").GetString()}}}",
              "roleBindings":[{"role":"WORKSPACE_EDITOR","workspace":{"id":"{{{_id}}}","label":"{{{_label}}}"},"deployment":null}]}]}}
            """,
            teams);
        AnswerAssert.Is(
            $$"""{"data":{"workspaceRemoveTeam":{"id":"{{_id}}","label":"{{_label}}"} } }""",
            await _admin.AskAsync(
                """
                mutation workspaceRemoveTeam($workspaceUuid: Uuid!, $teamUuid: Uuid!) {
                  workspaceRemoveTeam(workspaceUuid: $workspaceUuid, teamUuid: $teamUuid) { id label }
                }
                """,
                variables));
    }

    private string Username => _admin.Email[..^"@example.com".Length];

    private static string Role(string name) => $$""","roleBindings":[{"role":"WORKSPACE_{{name}}"}]""";

    private static string People(params (Person Person, string More)[] people) => string.Join(
        ',',
        people.OrderBy(p => p.Person.Id.ToString(), StringComparer.Ordinal)
            .Select(p => $$"""{"id":"{{p.Person.Id}}","username":"{{p.Person.Email[..^"@example.com".Length]}}"{{p.More}}}"""));
}

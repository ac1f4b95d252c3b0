using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.Teams;

/// <summary>The operations about teams and roles on deployments, as the platform's command line client sends them: names and types of variables, fields, defaults.</summary>
public sealed class TeamCommandLineTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
{
    private const string PaginatedTeams =
        """
        query paginatedTeams($take: Int, $cursor: Uuid, $workspaceUuid: Uuid) {
          paginatedTeams(take: $take, cursor: $cursor, workspaceUuid: $workspaceUuid) {
            count
            teams { id name roleBindings { role } }
          }
        }
        """;

    private Person _ada = null!;
    private Guid _team;
    private Guid _workspace;
    private Guid _deployment;
    private string _username = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await api.ForgetTeamsAsync();
        _ada = await api.AddPersonAsync("ada");
        _username = (await _ada.Client.SendAsync("{ self { user { username } } }", cancellationToken: Cancellation)).Text("self.user.username");
        _team = await api.AddTeamAsync("crew", _ada.Id);
        (_workspace, _deployment) = await api.DeployAsync("stellar-orbit-1234");
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task Team_get()
    {
        await api.BindAsync(_team, RoleTable.BuiltIn.Grant(RoleNames.WorkspaceEditor, workspaceId: _workspace));
        await api.BindAsync(_team, RoleTable.BuiltIn.Grant(RoleNames.DeploymentAdmin, deploymentId: _deployment));

        var answer = await SendAsync(
            """
            query team($teamUuid: Uuid!, $workspaceUuid: Uuid) {
              team(teamUuid: $teamUuid, workspaceUuid: $workspaceUuid) {
                name
                id
                createdAt
                roleBindings {
                  id
                  role
                  workspace { id label }
                  deployment { id label releaseName }
                }
              }
            }
            """,
            new { teamUuid = _team, workspaceUuid = "" });

        var ids = await api.Database.QueryAsync<Guid>($"""select id from houston$default."RoleBinding" where "teamId" = '{_team}' order by "createdAt", id""", Cancellation);
        AnswerAssert.Is(
            $$"""
            {"data":{"team":{"name":"crew","id":"{{_team}}","createdAt":"2026-01-01T12:00:00.000Z","roleBindings":[
              {"id":"{{ids[0]}}","role":"WORKSPACE_EDITOR","workspace":{"id":"{{_workspace}}","label":"stellar-orbit-1234"},"deployment":null},
              {"id":"{{ids[1]}}","role":"DEPLOYMENT_ADMIN","workspace":null,"deployment":{"id":"{{_deployment}}","label":"stellar-orbit-1234","releaseName":"stellar-orbit-1234"} }]} } }
            """,
            answer);
    }

    [Fact]
    public async Task Team_users()
        => AnswerAssert.Is(
            $$"""
            {"data":{"teamUsers":[{"username":"{{_username}}","id":"{{_ada.Id}}",
              "emails":[{"address":"{{_username}}@example.com","verified":true,"primary":true}],"status":"active"}]} }
            """,
            await SendAsync(
                "query GetTeamUsers($teamUuid: Uuid!) { teamUsers(teamUuid: $teamUuid) { username id emails { address verified primary } status } }",
                new { teamUuid = _team }));

    /// <summary>The client asks with the last id as cursor until it holds as many teams as there are.</summary>
    [Fact]
    public async Task Team_list()
    {
        for (var n = 1; n <= 4; n++)
        {
            await api.AddTeamAsync($"team {n}");
        }

        var (names, cursor, count, requests) = (new List<string?>(), "", 1, 0);

        while (names.Count < count && requests++ < 10)
        {
            var page = await SendAsync(PaginatedTeams, new { take = 2, cursor, workspaceUuid = "" });
            count = page.Data("paginatedTeams.count").GetInt32();

            foreach (var team in page.Data("paginatedTeams.teams").EnumerateArray())
            {
                names.Add(team.GetProperty("name").GetString());
                cursor = team.GetProperty("id").GetString()!;
            }
        }

        Assert.Equal((3, 5), (requests, count));
        Assert.Equal(["crew", "team 1", "team 2", "team 3", "team 4"], names);
        AnswerAssert.Is(
            $$"""{"data":{"paginatedTeams":{"count":5,"teams":[{"id":"{{_team}}","name":"crew","roleBindings":[]}]} } }""",
            await SendAsync(PaginatedTeams, new { take = 1, cursor = "", workspaceUuid = _workspace }));
    }

    [Fact]
    public async Task System_role_bindings_of_teams()
    {
        var variables = new { teamUuid = _team, role = "SYSTEM_VIEWER" };

        AnswerAssert.Is(
            """{"data":{"createTeamSystemRoleBinding":{"role":"SYSTEM_VIEWER"} } }""",
            await SendAsync(
                "mutation createTeamSystemRoleBinding($teamUuid: Uuid!, $role: Role!) { createTeamSystemRoleBinding(teamUuid: $teamUuid, role: $role) { role } }",
                variables));
        AnswerAssert.Is(
            """{"data":{"deleteTeamSystemRoleBinding":{"role":"SYSTEM_VIEWER"} } }""",
            await SendAsync(
                "mutation deleteTeamSystemRoleBinding($teamUuid: Uuid!, $role: Role!) { deleteTeamSystemRoleBinding(teamUuid: $teamUuid, role: $role) { role } }",
                variables));
    }

    [Fact]
    public async Task Roles_of_teams_on_deployments()
    {
        const string List =
            """
            query deploymentTeams($deploymentUuid: Uuid!) {
              deploymentTeams(deploymentUuid: $deploymentUuid) {
                id
                name
                roleBindings { role workspace { id label } deployment { id label } }
              }
            }
            """;

        var added = await SendAsync(
            """
            mutation deploymentAddTeamRole($teamUuid: Uuid!, $deploymentUuid: Uuid!, $role: Role! = WORKSPACE_VIEWER) {
              deploymentAddTeamRole(teamUuid: $teamUuid, deploymentUuid: $deploymentUuid, role: $role) { id role }
            }
            """,
            new { teamUuid = _team, deploymentUuid = _deployment, role = "DEPLOYMENT_VIEWER" });
        AnswerAssert.Is($$"""{"data":{"deploymentAddTeamRole":{"id":"{{added.Text("deploymentAddTeamRole.id")}}","role":"DEPLOYMENT_VIEWER"} } }""", added);

        var updated = await SendAsync(
            """
            mutation deploymentUpdateTeamRole($deploymentUuid: Uuid!, $teamUuid: Uuid!, $role: Role!) {
              deploymentUpdateTeamRole(deploymentUuid: $deploymentUuid, teamUuid: $teamUuid, role: $role) { id role }
            }
            """,
            new { teamUuid = _team, deploymentUuid = _deployment, role = "DEPLOYMENT_EDITOR" });
        var id = updated.Text("deploymentUpdateTeamRole.id");
        AnswerAssert.Is($$"""{"data":{"deploymentUpdateTeamRole":{"id":"{{id}}","role":"DEPLOYMENT_EDITOR"} } }""", updated);

        AnswerAssert.Is(
            $$"""
            {"data":{"deploymentTeams":[{"id":"{{_team}}","name":"crew","roleBindings":[
              {"role":"DEPLOYMENT_EDITOR","workspace":null,"deployment":{"id":"{{_deployment}}","label":"stellar-orbit-1234"} }]}]} }
            """,
            await SendAsync(List, new { deploymentUuid = _deployment }));

        AnswerAssert.Is(
            $$"""{"data":{"deploymentRemoveTeamRole":{"id":"{{id}}"} } }""",
            await SendAsync(
                """
                mutation deploymentRemoveTeamRole($deploymentUuid: Uuid!, $teamUuid: Uuid!) {
                  deploymentRemoveTeamRole(deploymentUuid: $deploymentUuid, teamUuid: $teamUuid) { id }
                }
                """,
                new { teamUuid = _team, deploymentUuid = _deployment }));
        AnswerAssert.Is("""{"data":{"deploymentTeams":[]} }""", await SendAsync(List, new { deploymentUuid = _deployment }));
    }

    /// <summary>The client's default is legal, but nothing that a deployment can give.</summary>
    [Fact]
    public async Task A_team_needs_a_deployment_role_on_a_deployment()
        => AnswerAssert.Refuses(
            "deploymentAddTeamRole",
            "WORKSPACE_VIEWER cannot be given here: the role has to be one of DEPLOYMENT_ADMIN, DEPLOYMENT_EDITOR, DEPLOYMENT_VIEWER.",
            "INVALID_ROLE",
            await SendAsync(
                """
                mutation deploymentAddTeamRole($teamUuid: Uuid!, $deploymentUuid: Uuid!, $role: Role! = WORKSPACE_VIEWER) {
                  deploymentAddTeamRole(teamUuid: $teamUuid, deploymentUuid: $deploymentUuid, role: $role) { id role }
                }
                """,
                new { teamUuid = _team, deploymentUuid = _deployment }));

    [Fact]
    public async Task Roles_of_users_on_deployments()
    {
        const string List =
            """
            query deploymentUsers($deploymentId: Id!, $user: UserSearch) {
              deploymentUsers(deploymentId: $deploymentId, user: $user) {
                id
                fullName
                username
                roleBindings { role deployment { id } }
              }
            }
            """;
        var nobodyInParticular = new { userId = "", email = "", fullName = "" };
        var email = $"{_username}@example.com";

        var added = await SendAsync(
            """
            mutation AddDeploymentUser($userId: Id, $email: String!, $deploymentId: Id!, $role: Role!) {
              deploymentAddUserRole(userId: $userId, email: $email, deploymentId: $deploymentId, role: $role) {
                id
                user { username }
                role
                deployment { id releaseName }
              }
            }
            """,
            new { userId = "", email, deploymentId = _deployment, role = "DEPLOYMENT_VIEWER" });
        AnswerAssert.Is(Bound("deploymentAddUserRole", added.Text("deploymentAddUserRole.id"), "DEPLOYMENT_VIEWER"), added);

        var updated = await SendAsync(
            """
            mutation UpdateDeploymentUser($userId: Id, $email: String!, $deploymentId: Id!, $role: Role!) {
              deploymentUpdateUserRole(userId: $userId, email: $email, deploymentId: $deploymentId, role: $role) {
                id
                user { username }
                role
                deployment { id releaseName }
              }
            }
            """,
            new { email, deploymentId = _deployment, role = "DEPLOYMENT_EDITOR" });
        var id = updated.Text("deploymentUpdateUserRole.id");
        AnswerAssert.Is(Bound("deploymentUpdateUserRole", id, "DEPLOYMENT_EDITOR"), updated);

        var listed = $$"""
            {"data":{"deploymentUsers":[{"id":"{{_ada.Id}}","fullName":null,"username":"{{_username}}",
              "roleBindings":[{"role":"DEPLOYMENT_EDITOR","deployment":{"id":"{{_deployment}}"} }]}]} }
            """;
        AnswerAssert.Is(listed, await SendAsync(List, new { deploymentId = _deployment, user = nobodyInParticular }));
        AnswerAssert.Is(listed, await SendAsync(List, new { deploymentId = _deployment, user = new { userId = _ada.Id, email, fullName = "" } }));
        AnswerAssert.Is("""{"data":{"deploymentUsers":[]} }""", await SendAsync(List, new { deploymentId = _deployment, user = new { email = "somebody@example.com" } }));

        AnswerAssert.Is(
            $$"""{"data":{"deploymentRemoveUserRole":{"id":"{{id}}","role":"DEPLOYMENT_EDITOR"} } }""",
            await SendAsync(
                """
                mutation DeleteDeploymentUser($userId: Id, $email: String!, $deploymentId: Id!) {
                  deploymentRemoveUserRole(userId: $userId, email: $email, deploymentId: $deploymentId) { id role }
                }
                """,
                new { userId = _ada.Id, email = "", deploymentId = _deployment }));
        AnswerAssert.Is("""{"data":{"deploymentUsers":[]} }""", await SendAsync(List, new { deploymentId = _deployment, user = nobodyInParticular }));
    }

    private string Bound(string field, string id, string role)
        => $$"""
           {"data":{"{{field}}":{"id":"{{id}}","user":{"username":"{{_username}}"},"role":"{{role}}",
             "deployment":{"id":"{{_deployment}}","releaseName":"stellar-orbit-1234"} } } }
           """;

    private Task<GraphQLAnswer> SendAsync(string query, object variables) => api.Admin.SendAsync(query, variables, Cancellation);
}

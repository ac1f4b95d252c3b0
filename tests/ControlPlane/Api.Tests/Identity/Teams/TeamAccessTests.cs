using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.Teams;

/// <summary>Being in a team is holding its roles: who may put whom into it and take whom out, and from when on that counts.</summary>
public sealed class TeamAccessTests(ClusterApi api) : IClassFixture<ClusterApi>, IAsyncLifetime
{
    private const string Question = "{ clusterSyncRuns { id } }";

    private Person _ada = null!;
    private Person _grace = null!;
    private Guid _team;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await api.ForgetTeamsAsync();
        _ada = await api.AddPersonAsync("ada", RoleTable.BuiltIn.Grant(RoleNames.SystemAdmin));
        _grace = await api.AddPersonAsync("grace");
        _team = await api.AddTeamAsync("watchers");
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_role_of_the_team_counts_from_the_next_request_on_and_leaving_ends_it()
    {
        Assert.Null(await BindAsync(_ada, "SYSTEM_VIEWER"));
        Assert.Equal("FORBIDDEN", await AskAsync(_grace.Client));

        Assert.Null(await JoinAsync(_ada, _grace));
        Assert.Null(await AskAsync(_grace.Client));

        Assert.Null(await LeaveAsync(_ada, _grace));
        Assert.Equal("FORBIDDEN", await AskAsync(_grace.Client));
    }

    [Fact]
    public async Task A_role_that_the_team_is_given_later_counts_and_goes_with_the_team()
    {
        await JoinAsync(_ada, _grace);
        await BindAsync(_ada, "SYSTEM_VIEWER");
        Assert.Null(await AskAsync(_grace.Client));

        Assert.Null((await _ada.Client.SendAsync($"mutation {{ removeTeam(teamUuid: \"{_team}\") {{ id }} }}", cancellationToken: Cancellation)).Code());
        Assert.Equal("FORBIDDEN", await AskAsync(_grace.Client));
        Assert.Equal([0L], await api.Database.QueryAsync<long>($"""select count(*) from {HoustonNames.RoleBinding} where "teamId" is not null""", Cancellation));
    }

    /// <summary>The clock of both replicas stands still: what one believes of a token does not age, so it has to hear of the change.</summary>
    [Fact]
    public async Task Another_replica_hears_of_those_who_join_and_leave()
    {
        await using var replica = await ApiHost.StartAsync(api.Database, api.Clock);
        using var anonymous = replica.Anonymous;
        var token = await api.TokenAsync($"eve-{Guid.NewGuid():N}");
        using var here = api.Anonymous.As(token);
        using var there = anonymous.As(token);
        var id = (await here.SendAsync("{ self { user { id } } }", cancellationToken: Cancellation)).Text("self.user.id");
        await api.ExecuteAsync(
            $"""
             insert into {HoustonNames.Email} (id, address, "primary", verified, "userId", "createdAt", "updatedAt")
             values (gen_random_uuid(), '{id}@example.com', true, true, '{id}', now(), now())
             """,
            Cancellation);
        await BindAsync(_ada, "SYSTEM_VIEWER");
        Assert.Equal("FORBIDDEN", await AskAsync(there));

        Assert.Null(await _ada.Client.UpdateTeamAsync(_team, $"addUserIds: [\"{id}\"]"));
        await AskUntilAsync(there, null);

        Assert.Null(await _ada.Client.UpdateTeamAsync(_team, "userIds: []"));
        await AskUntilAsync(there, "FORBIDDEN");
    }

    [Fact]
    public async Task A_workspace_role_of_the_team_counts_in_that_workspace()
    {
        var workspace = await api.AddWorkspaceAsync("mine");
        var other = await api.AddWorkspaceAsync("other");
        await api.BindAsync(_team, RoleTable.BuiltIn.Grant(RoleNames.WorkspaceViewer, workspaceId: workspace));
        await JoinAsync(_ada, _grace);

        Assert.Null((await PageAsync(workspace)).Code());
        Assert.Equal("FORBIDDEN", (await PageAsync(other)).Code());
    }

    [Fact]
    public async Task Nobody_joins_or_leaves_a_team_with_a_system_role_by_their_own_doing()
    {
        await BindAsync(_ada, "SYSTEM_VIEWER");
        Assert.Equal("OWN_ROLE", await JoinAsync(_ada, _ada));

        await api.ExecuteAsync($"insert into {HoustonNames.TeamUser} values ('{_team}', '{_ada.Id}', now())", Cancellation);
        Assert.Equal("OWN_ROLE", await LeaveAsync(_ada, _ada));
        Assert.Equal("OWN_ROLE", await _ada.Client.UpdateTeamAsync(_team, "userIds: []"));
        Assert.Equal("OWN_ROLE", (await _ada.Client.SendAsync($"mutation {{ removeTeam(teamUuid: \"{_team}\") {{ id }} }}", cancellationToken: Cancellation)).Code());
        Assert.Equal("OWN_ROLE", await BindAsync(_ada, "SYSTEM_EDITOR"));
        Assert.Equal("OWN_ROLE", await UnbindAsync(_ada, "SYSTEM_VIEWER"));
    }

    [Fact]
    public async Task One_may_join_and_leave_a_team_without_a_system_role()
    {
        Assert.Null(await JoinAsync(_ada, _ada));
        Assert.Null(await LeaveAsync(_ada, _ada));
    }

    [Fact]
    public async Task Nobody_puts_people_into_a_team_whose_roles_they_do_not_hold()
    {
        var (workspace, deployment) = await api.DeployAsync("mine");
        var keeper = await AddKeeperAsync();
        Assert.Null(await JoinAsync(keeper, _grace));
        Assert.Null(await LeaveAsync(keeper, _grace));

        await api.BindAsync(_team, RoleTable.BuiltIn.Grant(RoleNames.WorkspaceViewer, workspaceId: workspace));
        Assert.Equal("FORBIDDEN", await JoinAsync(keeper, _grace));
        Assert.Equal("FORBIDDEN", await JoinAsync(keeper, keeper));

        await api.ExecuteAsync($"delete from {HoustonNames.RoleBinding} where \"teamId\" is not null", Cancellation);
        await api.BindAsync(_team, RoleTable.BuiltIn.Grant(RoleNames.DeploymentViewer, deploymentId: deployment));
        Assert.Equal("FORBIDDEN", await JoinAsync(keeper, _grace));

        await api.BindAsync(_team, RoleTable.BuiltIn.Grant(RoleNames.SystemViewer));
        Assert.Equal("FORBIDDEN", await JoinAsync(keeper, _grace));
        Assert.Null(await JoinAsync(_ada, _grace));
    }

    /// <summary>The fields of the schema that take a team, and what each of them asks of the caller besides its permission.</summary>
    [Fact]
    public async Task Every_mutation_that_touches_a_team_asks_for_cover_of_its_roles_or_of_the_one_that_is_given()
    {
        var schema = await api.Admin.SendAsync("{ __schema { mutationType { fields(includeDeprecated: true) { name args { name } } } } }", cancellationToken: Cancellation);
        var touching = schema.Data("__schema.mutationType.fields").EnumerateArray()
            .Where(f => f.GetProperty("name").GetString()!.Contains("Team", StringComparison.Ordinal)
                || f.GetProperty("args").EnumerateArray().Any(a => a.GetProperty("name").GetString()!.Contains("team", StringComparison.OrdinalIgnoreCase)))
            .Select(f => f.GetProperty("name").GetString()!);
        string[] changesTheTeam = ["removeTeam", "updateTeam"];
        string[] makesATeamWithoutRoles = ["createTeam"];
        string[] givesARole =
        [
            "createCustomRoleBinding", "createTeamSystemRoleBinding", "deploymentAddTeamRole", "deploymentUpdateTeamRole", "workspaceAddTeam", "workspaceUpdateTeamRole",
        ];
        string[] takesARole = ["deleteCustomRoleBinding", "deleteTeamSystemRoleBinding", "deploymentRemoveTeamRole", "workspaceRemoveTeam"];

        Assert.Equal(new[] { changesTheTeam, makesATeamWithoutRoles, givesARole, takesARole }.SelectMany(f => f).Order(StringComparer.Ordinal), touching.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("updateTeam(id: \"TEAM\", newName: \"admins\") { message }")]
    [InlineData("updateTeam(id: \"TEAM\", newName: \"WATCHERS\") { message }")]
    [InlineData("updateTeam(name: \"watchers\", description: \"what for\") { message }")]
    [InlineData("updateTeam(id: \"TEAM\", addUserIds: [\"OTHER\"]) { message }")]
    [InlineData("updateTeam(id: \"TEAM\", removeUserIds: [\"MEMBER\"]) { message }")]
    [InlineData("updateTeam(id: \"TEAM\", userIds: []) { message }")]
    [InlineData("updateTeam(id: \"TEAM\", userIds: [\"OTHER\"]) { message }")]
    [InlineData("removeTeam(teamUuid: \"TEAM\") { id }")]
    [InlineData("removeTeam(name: \"watchers\") { id }")]
    public async Task Nobody_changes_a_team_whose_roles_they_do_not_hold(string change)
    {
        var (workspace, deployment) = await api.DeployAsync("mine");
        var keeper = await AddKeeperAsync();
        var mutation = $"mutation {{ {change} }}"
            .Replace("TEAM", _team.ToString(), StringComparison.Ordinal)
            .Replace("OTHER", _ada.Id.ToString(), StringComparison.Ordinal)
            .Replace("MEMBER", _grace.Id.ToString(), StringComparison.Ordinal);
        await JoinAsync(_ada, _grace);
        var custom = Guid.NewGuid();
        await api.ExecuteAsync(
            $$"""
              insert into {{HoustonNames.CustomRole}} (id, name, scope, permissions, "createdAt", "updatedAt")
              values ('{{custom}}', '{{custom}}', 'SYSTEM', '{system.audit.*}', now(), now())
              """,
            Cancellation);

        foreach (var role in new[]
        {
            "'SYSTEM_ADMIN', null, null, null", "'SYSTEM_VIEWER', null, null, null", $"null, '{custom}', null, null",
            $"'WORKSPACE_VIEWER', null, '{workspace}', null", $"'DEPLOYMENT_VIEWER', null, null, '{deployment}'",
        })
        {
            await api.ExecuteAsync(
                $"""
                 delete from {HoustonNames.RoleBinding} where "teamId" is not null;
                 insert into {HoustonNames.RoleBinding} (id, role, "customRoleId", "workspaceId", "deploymentId", "teamId", "createdAt")
                 values (gen_random_uuid(), {role}, '{_team}', now())
                 """,
                Cancellation);
            Assert.Equal((role, "FORBIDDEN"), (role, await AskAsync(keeper.Client, mutation)));
        }

        Assert.Equal(
            [$"watchers {_grace.Id}"],
            await api.Database.QueryAsync<string>($"""select t.name || ' ' || m."userId" from {HoustonNames.Team} t join {HoustonNames.TeamUser} m on m."teamId" = t.id""", Cancellation));
        await api.ExecuteAsync($"delete from {HoustonNames.RoleBinding} where \"teamId\" is not null", Cancellation);
        Assert.Null(await AskAsync(keeper.Client, mutation));
    }

    [Fact]
    public async Task Nobody_binds_a_group_to_a_team_whose_roles_they_do_not_hold()
    {
        var keeper = await AddKeeperAsync();
        var made = await api.Admin.SendAsync("""mutation { createTeam(name: "crew", provider: "okta") { team { id } } }""", cancellationToken: Cancellation);
        var team = Guid.Parse(made.Text("createTeam.team.id"));
        await api.BindAsync(team, RoleTable.BuiltIn.Grant(RoleNames.SystemAdmin));

        Assert.Equal("FORBIDDEN", await keeper.Client.UpdateTeamAsync(team, "externalId: \"mine\""));
        Assert.Null(await _ada.Client.UpdateTeamAsync(team, "externalId: \"theirs\""));
        Assert.Equal("TEAM_EXTERNAL_ID_SET", await _ada.Client.UpdateTeamAsync(team, "externalId: \"mine\""));
    }

    [Fact]
    public async Task Those_who_may_not_hold_a_system_role_do_not_join_a_team_that_has_one()
    {
        await using var strict = await ApiHost.StartAsync(api.Database, api.Clock, "Houston:AllowedSystemLevelDomains:0=corp.example.com");
        using var anonymous = strict.Anonymous;
        using var admin = anonymous.As(await api.TokenAsync($"root-{Guid.NewGuid():N}", RoleTable.BuiltIn.Grant(RoleNames.SystemAdmin)));
        var hired = await api.AddPersonAsync("hired");
        await api.ExecuteAsync($"update {HoustonNames.Email} set address = '{hired.Id}@corp.example.com' where \"userId\" = '{hired.Id}'", Cancellation);
        Assert.Null(await admin.UpdateTeamAsync(_team, $"addUserIds: [\"{_grace.Id}\"]"));
        Assert.Equal("SYSTEM_ROLE_DOMAIN", await BindAsync(admin, "SYSTEM_VIEWER"));

        Assert.Null(await admin.UpdateTeamAsync(_team, "userIds: []"));
        Assert.Null(await BindAsync(admin, "SYSTEM_VIEWER"));
        Assert.Equal("SYSTEM_ROLE_DOMAIN", await admin.UpdateTeamAsync(_team, $"addUserIds: [\"{_grace.Id}\", \"{hired.Id}\"]"));
        Assert.Null(await admin.UpdateTeamAsync(_team, $"addUserIds: [\"{hired.Id}\"]"));
    }

    [Fact]
    public async Task The_last_System_Admin_does_not_leave()
    {
        var account = await _ada.Client.SendAsync(
            """mutation { createSystemServiceAccount(label: "robot", role: SYSTEM_ADMIN) { apiKey } }""", cancellationToken: Cancellation);
        using var robot = api.Anonymous.As(account.Text("createSystemServiceAccount.apiKey"));
        await BindAsync(_ada, "SYSTEM_ADMIN");
        await JoinAsync(_ada, _grace);

        // Nobody but the team's one member is left.
        await api.ExecuteAsync($"""delete from {HoustonNames.RoleBinding} where role = 'SYSTEM_ADMIN' and "userId" is not null""", Cancellation);

        Assert.Equal("LAST_SYSTEM_ADMIN", await robot.UpdateTeamAsync(_team, "userIds: []"));
        Assert.Equal("LAST_SYSTEM_ADMIN", await robot.UpdateTeamAsync(_team, $"removeUserIds: [\"{_grace.Id}\"]"));
        Assert.Equal("LAST_SYSTEM_ADMIN", (await robot.SendAsync($"mutation {{ removeTeam(teamUuid: \"{_team}\") {{ id }} }}", cancellationToken: Cancellation)).Code());
        Assert.Equal("LAST_SYSTEM_ADMIN", await UnbindAsync(robot, "SYSTEM_ADMIN"));
        Assert.Null(await robot.UpdateTeamAsync(_team, $"userIds: [\"{_ada.Id}\"]"));
        Assert.Equal("FORBIDDEN", await AskAsync(_grace.Client));
        await api.ExecuteAsync(
            $"""insert into {HoustonNames.RoleBinding} (id, role, "userId", "createdAt") select gen_random_uuid(), 'SYSTEM_ADMIN', id, now() from {HoustonNames.User} where username = 'root'""",
            Cancellation);
    }

    [Fact]
    public async Task The_last_admin_of_a_workspace_or_a_deployment_does_not_leave()
    {
        var (workspace, deployment) = await api.DeployAsync("mine");

        foreach (var grant in new[]
        {
            RoleTable.BuiltIn.Grant(RoleNames.WorkspaceAdmin, workspaceId: workspace),
            RoleTable.BuiltIn.Grant(RoleNames.DeploymentAdmin, deploymentId: deployment),
        })
        {
            await api.ExecuteAsync($"delete from {HoustonNames.RoleBinding} where \"teamId\" is not null", Cancellation);
            await api.BindAsync(_team, grant);
            Assert.Null(await _ada.Client.UpdateTeamAsync(_team, $"userIds: [\"{_grace.Id}\"]"));

            Assert.Equal("LAST_ADMIN", await LeaveAsync(_ada, _grace));
            Assert.Null(await _ada.Client.UpdateTeamAsync(_team, $"userIds: [\"{_ada.Id}\"]"));
            Assert.Equal("LAST_ADMIN", await LeaveAsync(_ada, _ada));
        }
    }

    [Fact]
    public async Task Every_workspace_of_a_leaving_team_keeps_an_admin_and_one_look_tells()
    {
        var workspaces = new List<Guid>();

        for (var n = 0; n < 30; n++)
        {
            workspaces.Add(await api.AddWorkspaceAsync($"workspace {n}"));
            await api.BindAsync(_team, RoleTable.BuiltIn.Grant(RoleNames.WorkspaceAdmin, workspaceId: workspaces[n]));
        }

        await JoinAsync(_ada, _grace);
        await AddAdminAsync(workspaces[..29]);
        Assert.Equal("LAST_ADMIN", await LeaveAsync(_ada, _grace));

        await AddAdminAsync(workspaces[29..]);
        var statements = await StatementLog.OfAsync(api.Database, "\"RoleBinding", async () => Assert.Null(await LeaveAsync(_ada, _grace)));

        // The roles of the team, who else is admin, and perhaps the token of the caller.
        Assert.InRange(statements.Count, 2, 3);
    }

    [Fact]
    public async Task Two_who_take_each_other_out_of_the_last_team_of_admins_leave_one()
    {
        var workspace = await api.AddWorkspaceAsync("mine");
        await api.BindAsync(_team, RoleTable.BuiltIn.Grant(RoleNames.WorkspaceAdmin, workspaceId: workspace));

        for (var round = 0; round < 5; round++)
        {
            Assert.Null(await _ada.Client.UpdateTeamAsync(_team, $"userIds: [\"{_ada.Id}\", \"{_grace.Id}\"]"));

            var refusals = await Task.WhenAll(LeaveAsync(_ada, _ada), LeaveAsync(_ada, _grace));

            Assert.Equal([null, "LAST_ADMIN"], refusals.Order());
        }
    }

    [Fact]
    public async Task A_refused_change_changes_nothing()
    {
        await BindAsync(_ada, "SYSTEM_VIEWER");

        Assert.Equal("OWN_ROLE", await _ada.Client.UpdateTeamAsync(_team, $"newName: \"other\", addUserIds: [\"{_grace.Id}\", \"{_ada.Id}\"]"));

        Assert.Equal(["watchers"], await api.Database.QueryAsync<string>($"select name from {HoustonNames.Team}", Cancellation));
        Assert.Equal("FORBIDDEN", await AskAsync(_grace.Client));
    }

    /// <summary>Somebody who may change teams and nothing else.</summary>
    private async Task<Person> AddKeeperAsync()
    {
        var keeper = await api.AddPersonAsync("keeper");
        await api.ExecuteAsync(
            $$"""
              with role as (
                  insert into {{HoustonNames.CustomRole}} (id, name, scope, permissions, "createdAt", "updatedAt")
                  values (gen_random_uuid(), '{{keeper.Id}}', 'SYSTEM', '{system.teams.update,system.teams.remove}', now(), now()) returning id)
              insert into {{HoustonNames.RoleBinding}} (id, "customRoleId", "userId", "createdAt") select gen_random_uuid(), id, '{{keeper.Id}}', now() from role
              """,
            Cancellation);
        await AskUntilAsync(keeper.Client, null, $"mutation {{ updateTeam(id: \"{_team}\") {{ message }} }}");
        return keeper;
    }

    private async Task AddAdminAsync(IEnumerable<Guid> workspaces)
        => await api.AddPersonAsync("admin", [.. workspaces.Select(w => RoleTable.BuiltIn.Grant(RoleNames.WorkspaceAdmin, workspaceId: w))]);

    private Task<string?> JoinAsync(Person by, Person who) => by.Client.UpdateTeamAsync(_team, $"addUserIds: [\"{who.Id}\"]");

    private Task<string?> LeaveAsync(Person by, Person who) => by.Client.UpdateTeamAsync(_team, $"removeUserIds: [\"{who.Id}\"]");

    private Task<string?> BindAsync(Person by, string role) => BindAsync(by.Client, role);

    private async Task<string?> BindAsync(GraphQLClient by, string role)
        => (await by.SendAsync($"mutation {{ createTeamSystemRoleBinding(teamUuid: \"{_team}\", role: {role}) {{ role }} }}", cancellationToken: Cancellation)).Code();

    private Task<string?> UnbindAsync(Person by, string role) => UnbindAsync(by.Client, role);

    private async Task<string?> UnbindAsync(GraphQLClient by, string role)
        => (await by.SendAsync($"mutation {{ deleteTeamSystemRoleBinding(teamUuid: \"{_team}\", role: {role}) {{ role }} }}", cancellationToken: Cancellation)).Code();

    private Task<GraphQLAnswer> PageAsync(Guid workspace)
        => _grace.Client.SendAsync($"{{ paginatedTeams(workspaceUuid: \"{workspace}\") {{ count }} }}", cancellationToken: Cancellation);

    private static async Task<string?> AskAsync(GraphQLClient client, string query = Question)
        => (await client.SendAsync(query, cancellationToken: Cancellation)).Code();

    /// <summary>Asks until the code of the answer is this one; a change that is never heard of runs into the time limit of the test run.</summary>
    private static async Task AskUntilAsync(GraphQLClient client, string? code, string query = Question)
    {
        while (await AskAsync(client, query) != code)
        {
            Cancellation.ThrowIfCancellationRequested();
        }
    }
}

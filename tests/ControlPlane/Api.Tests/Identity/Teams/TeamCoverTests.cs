using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.Teams;

/// <summary>Who may put users into a team, take them out, and give it roles: callers whose own roles cover those of the team.</summary>
public sealed class TeamCoverTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
{
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
    public async Task Nobody_joins_or_leaves_a_team_with_a_system_role_by_their_own_doing()
    {
        await _ada.BindAsync(_team, "SYSTEM_VIEWER");
        Assert.Equal("OWN_ROLE", await _ada.JoinAsync(_team, _ada));

        await api.ExecuteAsync($"insert into {HoustonNames.TeamUser} values ('{_team}', '{_ada.Id}', now())", Cancellation);
        Assert.Equal("OWN_ROLE", await _ada.LeaveAsync(_team, _ada));
        Assert.Equal("OWN_ROLE", await _ada.Client.UpdateTeamAsync(_team, "userIds: []"));
        Assert.Equal("OWN_ROLE", (await _ada.Client.SendAsync($"mutation {{ removeTeam(teamUuid: \"{_team}\") {{ id }} }}", cancellationToken: Cancellation)).Code);
        Assert.Equal("OWN_ROLE", await _ada.BindAsync(_team, "SYSTEM_EDITOR"));
        Assert.Equal("OWN_ROLE", await _ada.UnbindAsync(_team, "SYSTEM_VIEWER"));
    }

    [Fact]
    public async Task One_may_join_and_leave_a_team_without_a_system_role()
    {
        Assert.Null(await _ada.JoinAsync(_team, _ada));
        Assert.Null(await _ada.LeaveAsync(_team, _ada));
    }

    [Fact]
    public async Task Nobody_puts_people_into_a_team_whose_roles_they_do_not_hold()
    {
        var (workspace, deployment) = await api.DeployAsync("mine");
        var keeper = await AddKeeperAsync();
        Assert.Null(await keeper.JoinAsync(_team, _grace));
        Assert.Null(await keeper.LeaveAsync(_team, _grace));

        await api.BindAsync(_team, RoleTable.BuiltIn.Grant(RoleNames.WorkspaceViewer, workspaceId: workspace));
        Assert.Equal("FORBIDDEN", await keeper.JoinAsync(_team, _grace));
        Assert.Equal("FORBIDDEN", await keeper.JoinAsync(_team, keeper));

        await api.ExecuteAsync($"delete from {HoustonNames.RoleBinding} where \"teamId\" is not null", Cancellation);
        await api.BindAsync(_team, RoleTable.BuiltIn.Grant(RoleNames.DeploymentViewer, deploymentId: deployment));
        Assert.Equal("FORBIDDEN", await keeper.JoinAsync(_team, _grace));

        await api.BindAsync(_team, RoleTable.BuiltIn.Grant(RoleNames.SystemViewer));
        Assert.Equal("FORBIDDEN", await keeper.JoinAsync(_team, _grace));
        Assert.Null(await _ada.JoinAsync(_team, _grace));
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
        await _ada.JoinAsync(_team, _grace);
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
            Assert.Equal((role, "FORBIDDEN"), (role, await keeper.Client.CodeAsync(mutation)));
        }

        Assert.Equal(
            [$"watchers {_grace.Id}"],
            await api.Database.QueryAsync<string>($"""select t.name || ' ' || m."userId" from {HoustonNames.Team} t join {HoustonNames.TeamUser} m on m."teamId" = t.id""", Cancellation));
        await api.ExecuteAsync($"delete from {HoustonNames.RoleBinding} where \"teamId\" is not null", Cancellation);
        Assert.Null(await keeper.Client.CodeAsync(mutation));
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
        Assert.Equal("SYSTEM_ROLE_DOMAIN", await admin.BindAsync(_team, "SYSTEM_VIEWER"));

        Assert.Null(await admin.UpdateTeamAsync(_team, "userIds: []"));
        Assert.Null(await admin.BindAsync(_team, "SYSTEM_VIEWER"));
        Assert.Equal("SYSTEM_ROLE_DOMAIN", await admin.UpdateTeamAsync(_team, $"addUserIds: [\"{_grace.Id}\", \"{hired.Id}\"]"));
        Assert.Null(await admin.UpdateTeamAsync(_team, $"addUserIds: [\"{hired.Id}\"]"));
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
        await keeper.Client.AskUntilAsync(null, $"mutation {{ updateTeam(id: \"{_team}\") {{ message }} }}");
        return keeper;
    }
}

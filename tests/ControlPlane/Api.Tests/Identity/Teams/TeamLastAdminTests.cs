using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.Teams;

/// <summary>A team whose members are the last admins of something keeps one.</summary>
public sealed class TeamLastAdminTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
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
    public async Task The_last_System_Admin_does_not_leave()
    {
        var account = await _ada.Client.SendAsync(
            """mutation { createSystemServiceAccount(label: "robot", role: SYSTEM_ADMIN) { apiKey } }""", cancellationToken: Cancellation);
        using var robot = api.Anonymous.As(account.Text("createSystemServiceAccount.apiKey"));
        await _ada.BindAsync(_team, "SYSTEM_ADMIN");
        await _ada.JoinAsync(_team, _grace);

        // Nobody but the team's one member is left.
        await api.ExecuteAsync($"""delete from {HoustonNames.RoleBinding} where role = 'SYSTEM_ADMIN' and "userId" is not null""", Cancellation);

        Assert.Equal("LAST_SYSTEM_ADMIN", await robot.UpdateTeamAsync(_team, "userIds: []"));
        Assert.Equal("LAST_SYSTEM_ADMIN", await robot.UpdateTeamAsync(_team, $"removeUserIds: [\"{_grace.Id}\"]"));
        Assert.Equal("LAST_SYSTEM_ADMIN", (await robot.SendAsync($"mutation {{ removeTeam(teamUuid: \"{_team}\") {{ id }} }}", cancellationToken: Cancellation)).Code);
        Assert.Equal("LAST_SYSTEM_ADMIN", await robot.UnbindAsync(_team, "SYSTEM_ADMIN"));
        Assert.Null(await robot.UpdateTeamAsync(_team, $"userIds: [\"{_ada.Id}\"]"));
        Assert.Equal("FORBIDDEN", await _grace.Client.CodeAsync());
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

            Assert.Equal("LAST_ADMIN", await _ada.LeaveAsync(_team, _grace));
            Assert.Null(await _ada.Client.UpdateTeamAsync(_team, $"userIds: [\"{_ada.Id}\"]"));
            Assert.Equal("LAST_ADMIN", await _ada.LeaveAsync(_team, _ada));
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

        await _ada.JoinAsync(_team, _grace);
        await AddAdminAsync(workspaces[..29]);
        Assert.Equal("LAST_ADMIN", await _ada.LeaveAsync(_team, _grace));

        await AddAdminAsync(workspaces[29..]);
        var statements = await StatementLog.OfAsync(api.Database, "\"RoleBinding", async () => Assert.Null(await _ada.LeaveAsync(_team, _grace)));

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

            var refusals = await Task.WhenAll(_ada.LeaveAsync(_team, _ada), _ada.LeaveAsync(_team, _grace));

            Assert.Equal([null, "LAST_ADMIN"], refusals.Order());
        }
    }

    [Fact]
    public async Task A_refused_change_changes_nothing()
    {
        await _ada.BindAsync(_team, "SYSTEM_VIEWER");

        Assert.Equal("OWN_ROLE", await _ada.Client.UpdateTeamAsync(_team, $"newName: \"other\", addUserIds: [\"{_grace.Id}\", \"{_ada.Id}\"]"));

        Assert.Equal(["watchers"], await api.Database.QueryAsync<string>($"select name from {HoustonNames.Team}", Cancellation));
        Assert.Equal("FORBIDDEN", await _grace.Client.CodeAsync());
    }

    private async Task AddAdminAsync(IEnumerable<Guid> workspaces)
        => await api.AddPersonAsync("admin", [.. workspaces.Select(w => RoleTable.BuiltIn.Grant(RoleNames.WorkspaceAdmin, workspaceId: w))]);
}

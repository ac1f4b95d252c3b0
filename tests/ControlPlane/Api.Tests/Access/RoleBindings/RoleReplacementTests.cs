using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Deployments;
using Apc.ControlPlane.Domain.Teams;
using Apc.ControlPlane.Domain.Users;
using Apc.ControlPlane.Domain.Workspaces;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Access.RoleBindings;

/// <summary>What <see cref="RoleBinder"/> does with all the roles that somebody holds in one place.</summary>
public sealed class RoleReplacementTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private readonly Guid _workspace = Guid.NewGuid();
    private readonly Guid _elsewhere = Guid.NewGuid();
    private readonly Guid _deployment = Guid.NewGuid();
    private readonly Guid _team = Guid.NewGuid();
    private Installation _host = null!;
    private User _ada = null!;
    private User _grace = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await database.ForgetEverythingAsync();
        _host = await Installation.BuildAsync(database, _clock, HostSetup.OpenSignUps);
        _ada = await _host.RegisterAsync("ada@example.com");
        _grace = await _host.RegisterAsync("grace@example.com");
        var now = _clock.GetUtcNow();
        await using var db = database.CreateContext();
        db.AddRange(
            new Workspace { Id = _workspace, Label = $"{_workspace:N}", CreatedAt = now },
            new Workspace { Id = _elsewhere, Label = $"{_elsewhere:N}", CreatedAt = now },
            new Deployment { Id = _deployment, ReleaseName = $"{_deployment:N}", Label = "one", WorkspaceId = _workspace, CreatedAt = now },
            new Team { Id = _team, Name = $"{_team:N}", Provider = "local", CreatedAt = now },
            new TeamUser { TeamId = _team, UserId = _grace.Id, CreatedAt = now });
        await db.SaveChangesAsync(Cancellation);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_role_takes_the_place_of_the_one_before_in_that_workspace_alone()
    {
        await GiveAsync(_grace, InWorkspace(RoleNames.WorkspaceAdmin, _elsewhere));
        await SetAsync(_grace, InWorkspace(RoleNames.WorkspaceViewer));
        await SetAsync(_grace, InWorkspace(RoleNames.WorkspaceEditor));

        Assert.Equal([$"WORKSPACE_ADMIN {_elsewhere}", $"WORKSPACE_EDITOR {_workspace}"], await RolesOfAsync(_grace));
        Assert.Equal(
            ["roleBinding.create WORKSPACE_EDITOR test", "roleBinding.create WORKSPACE_VIEWER test", "roleBinding.delete WORKSPACE_VIEWER test"],
            await AuditedAsync("WORKSPACE_EDITOR", "WORKSPACE_VIEWER"));
    }

    [Fact]
    public async Task Setting_a_role_that_is_held_changes_nothing_and_answers_with_its_binding()
    {
        var first = await SetAsync(_grace, InWorkspace(RoleNames.WorkspaceAdmin));

        Assert.Equal(first.Id, (await SetAsync(_grace, InWorkspace(RoleNames.WorkspaceAdmin))).Id);
        Assert.Equal(["roleBinding.create WORKSPACE_ADMIN test"], await AuditedAsync("WORKSPACE_ADMIN"));
    }

    [Fact]
    public async Task The_last_admin_of_a_workspace_or_deployment_keeps_the_role()
    {
        await GiveAsync(_grace, InWorkspace(RoleNames.WorkspaceAdmin));
        await GiveAsync(_grace, OnDeployment(RoleNames.DeploymentAdmin));

        Assert.Equal("LAST_ADMIN", await RefusalAsync(() => SetAsync(_grace, InWorkspace(RoleNames.WorkspaceViewer))));
        Assert.Equal("LAST_ADMIN", await RefusalAsync(() => SetAsync(_grace, OnDeployment(RoleNames.DeploymentViewer))));

        await GiveAsync(_ada, InWorkspace(RoleNames.WorkspaceAdmin));
        await SetAsync(_grace, InWorkspace(RoleNames.WorkspaceViewer));
        Assert.Equal([$"DEPLOYMENT_ADMIN {_deployment}", $"WORKSPACE_VIEWER {_workspace}"], await RolesOfAsync(_grace));
    }

    [Fact]
    public async Task An_admin_of_the_workspace_gives_its_roles_and_no_others()
    {
        var admin = Holding(_ada, InWorkspace(RoleNames.WorkspaceAdmin));

        await SetAsync(_grace, InWorkspace(RoleNames.WorkspaceAdmin), admin);

        Assert.Equal("FORBIDDEN", await RefusalAsync(() => SetAsync(_grace, InWorkspace(RoleNames.WorkspaceViewer, _elsewhere), admin)));
        Assert.Equal("FORBIDDEN", await RefusalAsync(() => SetAsync(_grace, OnDeployment(RoleNames.DeploymentViewer), admin)));
        Assert.Equal("INVALID_ROLE", await RefusalAsync(() => SetAsync(_grace, new RoleGrant(RoleTable.BuiltIn[RoleNames.WorkspaceViewer]), admin)));
        Assert.Equal("INVALID_ROLE", await RefusalAsync(() => SetAsync(_grace, OnDeployment(RoleNames.WorkspaceViewer), admin)));
    }

    [Fact]
    public async Task Nobody_sets_their_own_system_role()
        => Assert.Equal("OWN_ROLE", await RefusalAsync(() => SetAsync(_ada, RoleTable.BuiltIn.Grant(RoleNames.SystemViewer))));

    [Fact]
    public async Task What_is_not_there_is_named()
    {
        var nobody = Guid.NewGuid();

        Assert.Equal("USER_NOT_FOUND", await RefusalAsync(() => SetAsync(RoleHolder.User(nobody), InWorkspace(RoleNames.WorkspaceViewer))));
        Assert.Equal("TEAM_NOT_FOUND", await RefusalAsync(() => SetAsync(RoleHolder.Team(nobody), InWorkspace(RoleNames.WorkspaceViewer))));
        Assert.Equal("WORKSPACE_NOT_FOUND", await RefusalAsync(() => SetAsync(_grace, InWorkspace(RoleNames.WorkspaceViewer, nobody))));
        Assert.Equal(
            "DEPLOYMENT_NOT_FOUND",
            await RefusalAsync(() => SetAsync(_grace, RoleTable.BuiltIn.Grant(RoleNames.DeploymentViewer, deploymentId: nobody))));
    }

    [Fact]
    public async Task Whoever_leaves_a_workspace_leaves_its_deployments_too_and_keeps_the_rest()
    {
        var custom = await MakeCustomRoleAsync();
        await GiveAsync(_grace, InWorkspace(RoleNames.WorkspaceEditor));
        await GiveAsync(_grace, OnDeployment(RoleNames.DeploymentViewer));
        await GiveAsync(_grace, new RoleGrant(custom, _workspace));
        await GiveAsync(_grace, InWorkspace(RoleNames.WorkspaceViewer, _elsewhere));
        await GiveAsync(_grace, RoleTable.BuiltIn.Grant(RoleNames.SystemViewer));

        var taken = await TakeAllAsync(RoleHolder.User(_grace.Id));

        Assert.Equal(["", "DEPLOYMENT_VIEWER", "WORKSPACE_EDITOR"], taken.Select(b => b.Role ?? "").Order());
        Assert.Equal(["SYSTEM_VIEWER ", $"WORKSPACE_VIEWER {_elsewhere}"], await RolesOfAsync(_grace));
        Assert.Equal([$"roleBinding.create {custom.Name} test", $"roleBinding.delete {custom.Name} test"], await AuditedAsync(custom.Name));
    }

    [Fact]
    public async Task Whoever_holds_nothing_leaves_without_a_trace()
        => Assert.Empty(await TakeAllAsync(RoleHolder.User(_grace.Id)));

    [Fact]
    public async Task The_last_admin_cannot_leave_a_workspace()
    {
        await GiveAsync(_grace, InWorkspace(RoleNames.WorkspaceAdmin));

        Assert.Equal("LAST_ADMIN", await RefusalAsync(() => TakeAllAsync(RoleHolder.User(_grace.Id))));
        Assert.Equal([$"WORKSPACE_ADMIN {_workspace}"], await RolesOfAsync(_grace));
    }

    [Fact]
    public async Task A_member_of_a_team_that_is_admin_counts_as_one()
    {
        await GiveAsync(_ada, InWorkspace(RoleNames.WorkspaceAdmin));
        await SetAsync(RoleHolder.Team(_team), InWorkspace(RoleNames.WorkspaceAdmin));

        await TakeAllAsync(RoleHolder.User(_ada.Id));

        Assert.Equal("LAST_ADMIN", await RefusalAsync(() => TakeAllAsync(RoleHolder.Team(_team))));
    }

    [Fact]
    public async Task Two_admins_who_leave_at_once_do_not_both_go()
    {
        await GiveAsync(_ada, InWorkspace(RoleNames.WorkspaceAdmin));
        await GiveAsync(_grace, InWorkspace(RoleNames.WorkspaceAdmin));

        var outcomes = await Task.WhenAll(
            new[] { _ada, _grace }.Select(async user =>
            {
                try
                {
                    await TakeAllAsync(RoleHolder.User(user.Id));
                    return null;
                }
                catch (DomainException refused)
                {
                    return refused.Code;
                }
            }));

        Assert.Equal([null, "LAST_ADMIN"], outcomes.Order());
    }

    private RoleGrant InWorkspace(string role, Guid? workspace = null) => RoleTable.BuiltIn.Grant(role, workspaceId: workspace ?? _workspace);

    private RoleGrant OnDeployment(string role) => RoleTable.BuiltIn.Grant(role, deploymentId: _deployment);

    private static Caller Holding(User user, RoleGrant grant) => new() { Id = user.Id, Permissions = RoleTable.BuiltIn.Effective([grant]) };

    private Caller Admin => TestCaller.As(_ada).During("test");

    private Task<RoleBindingRow> GiveAsync(User user, RoleGrant grant)
        => _host.Get<RoleBinder>().GiveAsync(RoleHolder.User(user.Id), grant, Admin, Cancellation);

    private Task<RoleBindingRow> SetAsync(User user, RoleGrant grant, Caller? caller = null) => SetAsync(RoleHolder.User(user.Id), grant, caller);

    private Task<RoleBindingRow> SetAsync(RoleHolder holder, RoleGrant grant, Caller? caller = null)
        => _host.Get<RoleBinder>().SetAsync(holder, grant, caller ?? Admin, Cancellation);

    private Task<List<RoleBinding>> TakeAllAsync(RoleHolder holder) => _host.Get<RoleBinder>().TakeAllAsync(holder, _workspace, Admin, Cancellation);

    private async Task<Role> MakeCustomRoleAsync()
    {
        var now = _clock.GetUtcNow();
        var role = new CustomRole
        {
            Id = Guid.CreateVersion7(now),
            Name = $"Reader {Guid.NewGuid():N}",
            Scope = RoleScope.Workspace,
            Permissions = [Permissions.InWorkspace.ConfigGet],
            CreatedAt = now,
        };

        await using var db = database.CreateContext();
        db.Add(role);
        await db.SaveChangesAsync(Cancellation);
        return role.ToRole();
    }

    private async Task<IEnumerable<string>> RolesOfAsync(User user)
        => (await database.QueryAsync<string>(
            $"""
             select concat(role, ' ', coalesce("workspaceId", "deploymentId")) from {HoustonNames.RoleBinding} where "userId" = '{user.Id}'
             """,
            Cancellation)).Order(StringComparer.Ordinal);

    private async Task<IEnumerable<string>> AuditedAsync(params string[] names)
        => (await database.QueryAsync<string>(
            $"""
             select concat_ws(' ', action, "entityName", operation) from {HoustonNames.AuditLog}
             where "entityType" = 'roleBinding' and "entityName" in ({string.Join(", ", names.Select(n => $"'{n}'"))})
             """,
            Cancellation)).Order(StringComparer.Ordinal);

    private static async Task<string> RefusalAsync(Func<Task> act) => (await Assert.ThrowsAnyAsync<DomainException>(act)).Code;
}

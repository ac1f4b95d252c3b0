using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Identity.ServiceAccounts;
using Apc.ControlPlane.Api.Identity.SignIn.Passwords;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;
using Apc.ControlPlane.Domain.Users;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Access.RoleBindings;

public sealed class RoleBinderTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private static readonly Guid Nobody = new("01980000-0000-7000-8000-0000000000ff");

    private readonly FakeClock _clock = new();
    private Installation _host = null!;
    private User _ada = null!;
    private User _grace = null!;
    private Guid _cluster;

    public async ValueTask InitializeAsync()
    {
        await database.ForgetEverythingAsync();
        _host = await Installation.BuildAsync(database, _clock, HostSetup.OpenSignUps);
        _ada = await _host.RegisterAsync("ada@example.com");
        _grace = await _host.RegisterAsync("grace@example.com");
        _cluster = await MakeClusterAsync("one");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_system_role_counts_from_the_next_request_on_and_ends_with_it()
    {
        var token = (await _host.Get<UserSignIn>().BeginAsync(_grace, null, Caller.Anonymous.During("test"), TestContext.Current.CancellationToken)).Token.Text;
        Assert.False((await _host.VerifyAsync(token)).Permissions.Holds(Permissions.ClustersGet));

        var binding = await GiveAsync(_grace, RoleNames.SystemViewer);
        Assert.True((await _host.VerifyAsync(token)).Permissions.Holds(Permissions.ClustersGet));

        var taken = await TakeAsync(_grace, RoleNames.SystemViewer);
        Assert.False((await _host.VerifyAsync(token)).Permissions.Holds(Permissions.ClustersGet));
        Assert.Equal((binding.Id, "SYSTEM_VIEWER", _grace.Id), (taken.Id, taken.Role?.Name, taken.Holder.UserId));
    }

    [Fact]
    public async Task Giving_a_role_twice_answers_with_the_binding_there_is()
    {
        var first = await GiveAsync(_grace, RoleNames.SystemEditor);

        Assert.Equal(first.Id, (await GiveAsync(_grace, RoleNames.SystemEditor)).Id);
    }

    [Fact]
    public async Task Nobody_changes_their_own_system_role()
    {
        Assert.Equal("OWN_ROLE", await RefusalAsync(() => GiveAsync(_ada, RoleNames.SystemViewer)));
        Assert.Equal("OWN_ROLE", await RefusalAsync(() => TakeAsync(_ada, RoleNames.SystemAdmin)));
    }

    [Fact]
    public async Task The_last_System_Admin_stays_even_when_a_service_account_has_the_role_too()
    {
        var (account, _) = await _host.Get<CreateServiceAccount>().CreateSystemAsync(
            "robot", null, RoleTable.BuiltIn[RoleNames.SystemAdmin], TestCaller.As(_ada), TestContext.Current.CancellationToken);
        var robot = new Caller { Kind = ActorKind.ServiceAccount, Id = account.Id, Permissions = RoleTable.BuiltIn.Effective([]) };

        Assert.Equal(
            "LAST_SYSTEM_ADMIN",
            await RefusalAsync(() => _host.Get<RoleBinder>().TakeSystemRoleAsync(_ada.Id, RoleNames.SystemAdmin, robot, TestContext.Current.CancellationToken)));
        await GiveAsync(_grace, RoleNames.SystemAdmin);
        await _host.Get<RoleBinder>().TakeSystemRoleAsync(_ada.Id, RoleNames.SystemAdmin, robot, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Two_admins_who_take_each_others_role_at_once_leave_one()
    {
        for (var round = 0; round < 5; round++)
        {
            await database.ExecuteAsync(
                $"""
                 delete from houston$default."RoleBinding";
                 insert into houston$default."RoleBinding" (id, role, "userId", "createdAt")
                 values (gen_random_uuid(), 'SYSTEM_ADMIN', '{_ada.Id}', now()), (gen_random_uuid(), 'SYSTEM_ADMIN', '{_grace.Id}', now())
                 """,
                TestContext.Current.CancellationToken);

            var refusals = await Task.WhenAll(
                OutcomeAsync(() => _host.Get<RoleBinder>().TakeSystemRoleAsync(_grace.Id, RoleNames.SystemAdmin, TestCaller.As(_ada), TestContext.Current.CancellationToken)),
                OutcomeAsync(() => _host.Get<RoleBinder>().TakeSystemRoleAsync(_ada.Id, RoleNames.SystemAdmin, TestCaller.As(_grace), TestContext.Current.CancellationToken)));

            Assert.Equal([null, "LAST_SYSTEM_ADMIN"], refusals.Order());
        }
    }

    [Fact]
    public async Task Unknown_users_and_bindings_are_named()
    {
        Assert.Equal("USER_NOT_FOUND", await RefusalAsync(() => _host.Get<RoleBinder>().GiveSystemRoleAsync(
            Nobody, RoleNames.SystemViewer, TestCaller.As(_ada), TestContext.Current.CancellationToken)));
        Assert.Equal("ROLE_BINDING_NOT_FOUND", await RefusalAsync(() => TakeAsync(_grace, RoleNames.SystemViewer)));
        Assert.Equal("ROLE_BINDING_NOT_FOUND", await RefusalAsync(() => _host.Get<RoleBinder>().TakeSystemRoleAsync(
            Nobody, RoleNames.SystemViewer, TestCaller.As(_ada), TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData(RoleNames.WorkspaceAdmin)]
    [InlineData(RoleNames.DeploymentViewer)]
    [InlineData(RoleNames.ClusterAdmin)]
    [InlineData(RoleNames.User)]
    public async Task Only_system_roles_are_given_on_the_platform(string role)
    {
        Assert.Equal("INVALID_ROLE", await RefusalAsync(() => GiveAsync(_grace, role)));
        Assert.Equal("INVALID_ROLE", await RefusalAsync(() => TakeAsync(_grace, role)));
    }

    [Theory]
    [InlineData(RoleNames.ClusterAdmin, true)]
    [InlineData(RoleNames.ClusterViewer, false)]
    public async Task A_cluster_role_counts_on_its_cluster(string role, bool changes)
    {
        var other = await MakeClusterAsync("two");
        await GiveOnClusterAsync(RoleHolder.User(_grace.Id), role);

        var held = (await _host.CallerAsync(_grace)).Permissions;

        Assert.Equal((true, changes), (held.HoldsOn(_cluster, Permissions.ClustersGet), held.HoldsOn(_cluster, Permissions.ClustersUpdate)));
        Assert.Equal((false, false), (held.HoldsOn(other, Permissions.ClustersGet), held.Holds(Permissions.ClustersUpdate)));

        await TakeOnClusterAsync(RoleHolder.User(_grace.Id), role);
        Assert.Empty((await _host.CallerAsync(_grace)).Permissions.ClusterIds);
    }

    [Fact]
    public async Task A_service_account_may_hold_a_cluster_role()
    {
        var (account, key) = await _host.Get<CreateServiceAccount>().CreateSystemAsync(
            "robot", null, RoleTable.BuiltIn[RoleNames.SystemViewer], TestCaller.As(_ada), TestContext.Current.CancellationToken);

        await GiveOnClusterAsync(RoleHolder.ServiceAccount(account.Id), RoleNames.ClusterAdmin);

        var caller = await _host.VerifyAsync(key.Text);

        Assert.Equal([_cluster], caller.Permissions.ClusterIdsWith(Permission.Named(Permissions.ClustersUpdate)));
    }

    [Fact]
    public async Task Holders_and_clusters_that_are_not_there_are_named()
    {
        Assert.Equal("USER_NOT_FOUND", await RefusalAsync(() => GiveOnClusterAsync(RoleHolder.User(Nobody), RoleNames.ClusterAdmin)));
        Assert.Equal("SERVICE_ACCOUNT_NOT_FOUND", await RefusalAsync(() => GiveOnClusterAsync(RoleHolder.ServiceAccount(Nobody), RoleNames.ClusterAdmin)));
        Assert.Equal("NOT_FOUND", await RefusalAsync(() => _host.Get<RoleBinder>().GiveClusterRoleAsync(
            Nobody, RoleHolder.User(_grace.Id), RoleNames.ClusterAdmin, TestCaller.As(_ada), TestContext.Current.CancellationToken)));
        Assert.Equal("ROLE_BINDING_NOT_FOUND", await RefusalAsync(() => TakeOnClusterAsync(RoleHolder.User(_grace.Id), RoleNames.ClusterAdmin)));
        Assert.Equal("INVALID_ROLE", await RefusalAsync(() => GiveOnClusterAsync(RoleHolder.User(_grace.Id), RoleNames.SystemAdmin)));
    }

    [Fact]
    public async Task What_is_refused_leaves_no_audit_row_and_what_is_done_leaves_one()
    {
        await RefusalAsync(() => TakeAsync(_grace, RoleNames.SystemViewer));
        await GiveAsync(_grace, RoleNames.SystemViewer);
        await GiveAsync(_grace, RoleNames.SystemViewer);
        await TakeAsync(_grace, RoleNames.SystemViewer);

        var shown = $$"""{"role":"SYSTEM_VIEWER","customRoleId":null,"userId":"{{_grace.Id}}","serviceAccountId":null,"teamId":null,"workspaceId":null,"deploymentId":null,"clusterId":null}""";
        Assert.Equal(
            [$"roleBinding.create createSystemRoleBinding - {shown}", $"roleBinding.delete deleteSystemRoleBinding {shown} -"],
            await database.QueryAsync<string>(
                """
                select concat_ws(' ', action, operation, coalesce(before::text, '-'), coalesce(after::text, '-'))
                from houston$default."AuditLog" where "entityType" = 'roleBinding' order by action
                """,
                TestContext.Current.CancellationToken));
    }

    private Task<RoleBindingRow> GiveAsync(User user, string role)
        => _host.Get<RoleBinder>().GiveSystemRoleAsync(user.Id, role, TestCaller.As(_ada, RoleNames.SystemAdmin), TestContext.Current.CancellationToken);

    private Task<RoleBindingRow> TakeAsync(User user, string role)
        => _host.Get<RoleBinder>().TakeSystemRoleAsync(user.Id, role, TestCaller.As(_ada, RoleNames.SystemAdmin), TestContext.Current.CancellationToken);

    private Task<RoleBindingRow> GiveOnClusterAsync(RoleHolder holder, string role)
        => _host.Get<RoleBinder>().GiveClusterRoleAsync(_cluster, holder, role, TestCaller.As(_ada), TestContext.Current.CancellationToken);

    private Task<RoleBindingRow> TakeOnClusterAsync(RoleHolder holder, string role)
        => _host.Get<RoleBinder>().TakeClusterRoleAsync(_cluster, holder, role, TestCaller.As(_ada), TestContext.Current.CancellationToken);

    private static async Task<string> RefusalAsync(Func<Task> act) => (await Assert.ThrowsAnyAsync<DomainException>(act)).Code;

    private static async Task<string?> OutcomeAsync(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (DomainException refused)
        {
            return refused.Code;
        }
    }

    private async Task<Guid> MakeClusterAsync(string name)
    {
        var cluster = StoredClusters.Make(name);
        await using var db = database.CreateContext();
        db.Clusters.Add(cluster);
        await db.SaveChangesAsync(CancellationToken.None);
        return cluster.Id;
    }
}

using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;

namespace Apc.ControlPlane.Api.Tests.Access.RoleBindings;

public class RoleBindingVisibilityTests
{
    private static readonly Guid Place = new("01980000-0000-7000-8000-000000000001");
    private static readonly Guid Other = new("01980000-0000-7000-8000-000000000002");
    private static readonly Guid Holder = new("01980000-0000-7000-8000-000000000003");

    public static TheoryData<string, string, bool> Roles() => new()
    {
        { RoleNames.SystemViewer, "system", true },
        { RoleNames.SystemViewer, "workspace", true },
        { RoleNames.SystemViewer, "deployment", true },
        { RoleNames.SystemViewer, "cluster", true },
        { RoleNames.WorkspaceViewer, "workspace", true },
        { RoleNames.WorkspaceAdmin, "system", false },
        { RoleNames.WorkspaceAdmin, "deployment", false },
        { RoleNames.WorkspaceAdmin, "cluster", false },
        { RoleNames.DeploymentViewer, "deployment", true },
        { RoleNames.DeploymentAdmin, "workspace", false },
    };

    [Theory]
    [MemberData(nameof(Roles))]
    public void Roles_are_shown_to_those_who_may_see_such_holders_there(string role, string place, bool shown)
    {
        foreach (var holder in new[] { RoleHolder.User(Holder), RoleHolder.Team(Holder), RoleHolder.ServiceAccount(Holder) })
        {
            Assert.Equal(shown, RoleBindingVisibility.Shows(CallerWith(role, Place), Binding(holder, place)));
            Assert.Equal(shown && role == RoleNames.SystemViewer, RoleBindingVisibility.Shows(CallerWith(role, Other), Binding(holder, place)));
        }
    }

    [Fact]
    public void Whoever_sees_a_cluster_sees_which_service_accounts_have_roles_on_it_but_not_which_people()
    {
        var viewer = CallerWith(RoleNames.ClusterViewer, Place);

        Assert.True(RoleBindingVisibility.Shows(viewer, Binding(RoleHolder.ServiceAccount(Holder), "cluster")));
        Assert.False(RoleBindingVisibility.Shows(viewer, Binding(RoleHolder.User(Holder), "cluster")));
        Assert.False(RoleBindingVisibility.Shows(CallerWith(RoleNames.ClusterViewer, Other), Binding(RoleHolder.ServiceAccount(Holder), "cluster")));
    }

    [Theory]
    [InlineData("system")]
    [InlineData("workspace")]
    [InlineData("deployment")]
    [InlineData("cluster")]
    public void Everybody_sees_their_own_roles_and_nobody_those_of_another_kind_with_the_same_id(string place)
    {
        var user = new Caller { Kind = ActorKind.User, Id = Holder, Permissions = EffectivePermissions.None };
        var account = new Caller { Kind = ActorKind.ServiceAccount, Id = Holder, Permissions = EffectivePermissions.None };

        Assert.Equal(
            (true, false, false, true, false),
            (
                RoleBindingVisibility.Shows(user, Binding(RoleHolder.User(Holder), place)),
                RoleBindingVisibility.Shows(user, Binding(RoleHolder.ServiceAccount(Holder), place)),
                RoleBindingVisibility.Shows(account, Binding(RoleHolder.User(Holder), place)),
                RoleBindingVisibility.Shows(account, Binding(RoleHolder.ServiceAccount(Holder), place)),
                RoleBindingVisibility.Shows(Caller.Anonymous, Binding(RoleHolder.User(Holder), place))));
    }

    private static Caller CallerWith(string role, Guid place)
    {
        var scope = RoleTable.BuiltIn[role].Scope;
        var grant = RoleTable.BuiltIn.Grant(
            role,
            workspaceId: scope == RoleScope.Workspace ? place : null,
            deploymentId: scope == RoleScope.Deployment ? place : null,
            clusterId: scope == RoleScope.Cluster ? place : null);
        return new Caller { Kind = ActorKind.User, Id = Guid.Empty, Permissions = RoleTable.BuiltIn.Effective([grant]) };
    }

    private static RoleBindingRow Binding(RoleHolder holder, string place) => new()
    {
        Id = Guid.Empty,
        Holder = holder,
        CreatedAt = default,
        WorkspaceId = place == "workspace" ? Place : null,
        DeploymentId = place == "deployment" ? Place : null,
        ClusterId = place == "cluster" ? Place : null,
    };
}

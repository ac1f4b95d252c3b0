using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Domain.Tests.Access;

public class RolesTests
{
    public static TheoryData<Role> AllRoles() => [.. Enum.GetValues<Role>()];

    [Theory]
    [InlineData(Role.SystemAdmin, "SYSTEM_ADMIN", RoleScope.System)]
    [InlineData(Role.SystemEditor, "SYSTEM_EDITOR", RoleScope.System)]
    [InlineData(Role.SystemViewer, "SYSTEM_VIEWER", RoleScope.System)]
    [InlineData(Role.WorkspaceAdmin, "WORKSPACE_ADMIN", RoleScope.Workspace)]
    [InlineData(Role.WorkspaceEditor, "WORKSPACE_EDITOR", RoleScope.Workspace)]
    [InlineData(Role.WorkspaceViewer, "WORKSPACE_VIEWER", RoleScope.Workspace)]
    [InlineData(Role.DeploymentAdmin, "DEPLOYMENT_ADMIN", RoleScope.Deployment)]
    [InlineData(Role.DeploymentEditor, "DEPLOYMENT_EDITOR", RoleScope.Deployment)]
    [InlineData(Role.DeploymentViewer, "DEPLOYMENT_VIEWER", RoleScope.Deployment)]
    [InlineData(Role.ClusterAdmin, "CLUSTER_ADMIN", RoleScope.Cluster)]
    [InlineData(Role.ClusterViewer, "CLUSTER_VIEWER", RoleScope.Cluster)]
    [InlineData(Role.User, "USER", RoleScope.System)]
    public void Roles_have_the_names_that_scripts_know(Role role, string name, RoleScope scope)
    {
        Assert.True(Roles.TryParse(name, out var parsed));
        Assert.Equal((role, name, scope), (parsed, Roles.Of(role).Name, Roles.Of(role).Scope));
    }

    [Theory]
    [InlineData("")]
    [InlineData("system_admin")]
    [InlineData("NONE")]
    public void Other_names_are_no_roles(string name) => Assert.False(Roles.TryParse(name, out _));

    [Theory]
    [MemberData(nameof(AllRoles))]
    public void Every_role_stands_in_the_table_once(Role role) => Assert.Single(Roles.All, definition => definition.Role == role);

    [Theory]
    [InlineData(Role.User, 4)]
    [InlineData(Role.ClusterViewer, 1)]
    [InlineData(Role.ClusterAdmin, 3)]
    [InlineData(Role.WorkspaceViewer, 7)]
    [InlineData(Role.WorkspaceEditor, 7 + 8)]
    [InlineData(Role.WorkspaceAdmin, 7 + 8 + 7)]
    [InlineData(Role.DeploymentViewer, 12)]
    [InlineData(Role.DeploymentEditor, 12 + 10)]
    [InlineData(Role.DeploymentAdmin, 12 + 10 + 5)]
    [InlineData(Role.SystemViewer, 18 + 7 + 12)]
    [InlineData(Role.SystemEditor, 18 + 7 + 15 + 22)]
    [InlineData(Role.SystemAdmin, 18 + 7 + 26 + 22 + 27)]
    public void A_role_holds_what_it_lists_and_what_the_roles_it_includes_hold(Role role, int permissions)
        => Assert.Equal(permissions, Roles.PermissionsOf(role).Names.Count());

    [Theory]
    [InlineData(Role.SystemAdmin, "get create update delete")]
    [InlineData(Role.SystemEditor, "get")]
    [InlineData(Role.SystemViewer, "get")]
    [InlineData(Role.ClusterAdmin, "get update delete")]
    [InlineData(Role.ClusterViewer, "get")]
    [InlineData(Role.WorkspaceAdmin, "")]
    [InlineData(Role.DeploymentAdmin, "")]
    [InlineData(Role.User, "")]
    public void Clusters_are_in_the_hands_of(Role role, string actions)
        => Assert.Equal(
            actions.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(a => $"system.clusters.{a}").Order(),
            Roles.PermissionsOf(role).Names.Where(n => n.StartsWith("system.clusters.", StringComparison.Ordinal)));

    [Theory]
    [InlineData(Permissions.IamUpdate)]
    [InlineData(Permissions.ServiceAccountsCreate)]
    [InlineData(Permissions.ServiceAccountsDelete)]
    [InlineData(Permissions.UserDelete)]
    public void Only_System_Admins_decide_about_people_and_programs(string permission)
        => Assert.Equal(
            [Role.SystemAdmin], Roles.All.Where(r => Roles.PermissionsOf(r.Role).Contains(Permission.Named(permission))).Select(r => r.Role));
}

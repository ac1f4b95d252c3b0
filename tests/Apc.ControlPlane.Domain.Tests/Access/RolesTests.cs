using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Domain.Tests.Access;

public class RolesTests
{
        [Theory]
    [InlineData(RoleNames.SystemAdmin, "SYSTEM_ADMIN", RoleScope.System)]
    [InlineData(RoleNames.SystemEditor, "SYSTEM_EDITOR", RoleScope.System)]
    [InlineData(RoleNames.SystemViewer, "SYSTEM_VIEWER", RoleScope.System)]
    [InlineData(RoleNames.WorkspaceAdmin, "WORKSPACE_ADMIN", RoleScope.Workspace)]
    [InlineData(RoleNames.WorkspaceEditor, "WORKSPACE_EDITOR", RoleScope.Workspace)]
    [InlineData(RoleNames.WorkspaceViewer, "WORKSPACE_VIEWER", RoleScope.Workspace)]
    [InlineData(RoleNames.DeploymentAdmin, "DEPLOYMENT_ADMIN", RoleScope.Deployment)]
    [InlineData(RoleNames.DeploymentEditor, "DEPLOYMENT_EDITOR", RoleScope.Deployment)]
    [InlineData(RoleNames.DeploymentViewer, "DEPLOYMENT_VIEWER", RoleScope.Deployment)]
    [InlineData(RoleNames.ClusterAdmin, "CLUSTER_ADMIN", RoleScope.Cluster)]
    [InlineData(RoleNames.ClusterViewer, "CLUSTER_VIEWER", RoleScope.Cluster)]
    [InlineData(RoleNames.User, "USER", RoleScope.System)]
    public void Roles_have_the_names_that_scripts_know(string role, string name, RoleScope scope)
    {
        Assert.Equal(name, role);
        Assert.Equal((name, scope), (RoleTable.BuiltIn[role].Name, RoleTable.BuiltIn[role].Scope));
    }

    [Theory]
    [InlineData("")]
    [InlineData("system_admin")]
    [InlineData("NONE")]
    public void Other_names_are_no_roles(string name) => Assert.Null(RoleTable.BuiltIn.Find(name));

    [Fact]
    public void Every_role_stands_in_the_table_once()
        => Assert.Equal(
            typeof(RoleNames).GetFields().Select(f => (string)f.GetRawConstantValue()!).Order(), Roles.All.Select(d => d.Name).Order());

    [Theory]
    [InlineData(RoleNames.User, 4)]
    [InlineData(RoleNames.ClusterViewer, 1)]
    [InlineData(RoleNames.ClusterAdmin, 3)]
    [InlineData(RoleNames.WorkspaceViewer, 7)]
    [InlineData(RoleNames.WorkspaceEditor, 7 + 8)]
    [InlineData(RoleNames.WorkspaceAdmin, 7 + 8 + 7)]
    [InlineData(RoleNames.DeploymentViewer, 12)]
    [InlineData(RoleNames.DeploymentEditor, 12 + 10)]
    [InlineData(RoleNames.DeploymentAdmin, 12 + 10 + 5)]
    [InlineData(RoleNames.SystemViewer, 19 + 7 + 12)]
    [InlineData(RoleNames.SystemEditor, 19 + 7 + 15 + 22)]
    [InlineData(RoleNames.SystemAdmin, 19 + 7 + 29 + 22 + 27)]
    public void A_role_holds_what_it_lists_and_what_the_roles_it_includes_hold(string role, int permissions)
        => Assert.Equal(permissions, RoleTable.BuiltIn[role].Permissions.Names.Count());

    [Theory]
    [InlineData(RoleNames.SystemAdmin, "get create update delete")]
    [InlineData(RoleNames.SystemEditor, "get")]
    [InlineData(RoleNames.SystemViewer, "get")]
    [InlineData(RoleNames.ClusterAdmin, "get update delete")]
    [InlineData(RoleNames.ClusterViewer, "get")]
    [InlineData(RoleNames.WorkspaceAdmin, "")]
    [InlineData(RoleNames.DeploymentAdmin, "")]
    [InlineData(RoleNames.User, "")]
    public void Clusters_are_in_the_hands_of(string role, string actions)
        => Assert.Equal(
            actions.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(a => $"system.clusters.{a}").Order(),
            RoleTable.BuiltIn[role].Permissions.Names.Where(n => n.StartsWith("system.clusters.", StringComparison.Ordinal)));

    [Theory]
    [InlineData(Permissions.IamUpdate)]
    [InlineData(Permissions.ServiceAccountsCreate)]
    [InlineData(Permissions.ServiceAccountsDelete)]
    [InlineData(Permissions.UserDelete)]
    public void Only_System_Admins_decide_about_people_and_programs(string permission)
        => Assert.Equal(
            [RoleNames.SystemAdmin], RoleTable.BuiltIn.All.Where(r => r.Permissions.Contains(Permission.Named(permission))).Select(r => r.Name));
}

using System.Text;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Domain.Tests.Access;

public class RolesTests
{
    /// <summary>The file is the documented table of default roles, written out; whoever changes it says why.</summary>
    [Fact]
    public void Each_role_holds_what_is_written_down_for_it()
    {
        var table = new StringBuilder();

        foreach (var role in RoleTable.BuiltIn.All)
        {
            table.Append(role.Name).Append(" (").Append(role.Scope).Append(")\n");
            role.Permissions.Names.ToList().ForEach(name => table.Append("  ").Append(name).Append('\n'));
        }

        Snapshot.Match("roles.txt", table.ToString());
    }

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

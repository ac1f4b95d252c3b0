using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Domain.Tests.Access;

public class PermissionTests
{
    [Theory]
    [InlineData("system.clusters.get", "system.clusters.get")]
    [InlineData("system.clusters.*", "system.clusters.create system.clusters.delete system.clusters.get system.clusters.update")]
    [InlineData("system.deployments.images.*", "system.deployments.images.push")]
    [InlineData("system.cluster.*", "")]
    [InlineData("system.clusters*", "")]
    [InlineData("system.*.get", "")]
    [InlineData("system.clusters.get.*", "")]
    [InlineData("SYSTEM.CLUSTERS.GET", "")]
    [InlineData("*", "")]
    [InlineData(".*", "")]
    [InlineData("", "")]
    public void A_text_stands_for(string text, string names)
        => Assert.Equal(names, string.Join(' ', Permission.Matching(text).Select(p => p.Name)));

    [Fact]
    public void A_wildcard_of_a_scope_stands_for_everything_in_it()
        => Assert.Equal(
            Permission.All.Where(p => p.Scope == RoleScope.Workspace).Select(p => p.Name).Order(StringComparer.Ordinal),
            Permission.Matching("workspace.*").Select(p => p.Name));

    [Theory]
    [InlineData(Permissions.ClustersGet, RoleScope.System, "System Cluster")]
    [InlineData(Permissions.UsersGet, RoleScope.System, "System")]
    [InlineData(Permissions.WorkspaceDeploymentsConfigGet, RoleScope.System, "System")]
    [InlineData(Permissions.InWorkspace.ConfigGet, RoleScope.Workspace, "System Workspace")]
    [InlineData(Permissions.InDeployment.ConfigGet, RoleScope.Deployment, "System Deployment")]
    public void A_permission_counts_in_roles_of_its_scope_and_of_the_platform(string name, RoleScope scope, string countsIn)
    {
        var permission = Permission.Named(name);

        Assert.Equal(scope, permission.Scope);
        Assert.Equal(countsIn, string.Join(' ', Enum.GetValues<RoleScope>().Where(permission.CountsIn)));
    }

    [Fact]
    public void Every_built_in_role_holds_only_what_counts_in_it()
        => Assert.All(RoleTable.BuiltIn.All, role => Assert.All(role.Permissions.Names, name => Assert.True(Permission.Named(name).CountsIn(role.Scope))));

    [Fact]
    public void A_custom_role_gives_what_is_known_and_counts_in_its_scope()
        => Assert.Equal(
            ["workspace.teams.get", "workspace.teams.getAll", "workspace.users.get"],
            Role.Custom(Guid.NewGuid(), "Reader", RoleScope.Workspace, ["workspace.teams.*", "workspace.users.get", "system.users.get", "workspace.rockets.launch"])
                .Permissions.Names);

    [Fact]
    public void What_is_in_one_set_and_not_in_another()
    {
        var (all, some) = (PermissionSet.Of(Permission.All), PermissionSet.Of(Permission.Matching("workspace.*")));

        Assert.Equal(Permission.All.Where(p => p.Scope != RoleScope.Workspace).Select(p => p.Name).Order(StringComparer.Ordinal), all.Except(some).Names);
        Assert.Empty(some.Except(all).Names);
        Assert.Equal(some.Names, some.Except(PermissionSet.Empty).Names);
    }
}

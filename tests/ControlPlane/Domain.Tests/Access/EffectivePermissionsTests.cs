using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Domain.Tests.Access;

public class EffectivePermissionsTests
{
    private static readonly Guid Here = new("01980000-0000-7000-8000-000000000001");
    private static readonly Guid Elsewhere = new("01980000-0000-7000-8000-000000000002");
    private static readonly Permission ClustersGet = Permission.Named(Permissions.ClustersGet);
    private static readonly Permission ClustersUpdate = Permission.Named(Permissions.ClustersUpdate);
    private static readonly Permission SeeWorkspace = Permission.Named(Permissions.InWorkspace.ConfigGet);
    private static readonly Permission SeeDeployment = Permission.Named(Permissions.InDeployment.ConfigGet);

    [Fact]
    public void Nobody_signed_in_holds_nothing()
        => Assert.All(Permission.All, permission => Assert.False(EffectivePermissions.None.HoldsAnywhere(permission)));

    [Fact]
    public void Everyone_signed_in_holds_what_a_user_holds()
        => Assert.Equal(
            ["system.getAirflowReleaseById", "system.getDeploymentById", "system.getEmailById", "system.workspace.create"],
            RoleTable.BuiltIn.Effective([]).Names);

    [Theory]
    [InlineData(RoleNames.SystemAdmin, true, true)]
    [InlineData(RoleNames.SystemEditor, true, false)]
    [InlineData(RoleNames.SystemViewer, true, false)]
    [InlineData(RoleNames.User, false, false)]
    public void A_system_role_counts_on_every_cluster(string role, bool sees, bool changes)
    {
        var held = RoleTable.BuiltIn.Effective([RoleTable.BuiltIn.Grant(role)]);

        Assert.Equal(
            (sees, changes, sees, changes),
            (held.Holds(ClustersGet), held.Holds(ClustersUpdate), held.HoldsOn(Here, ClustersGet), held.HoldsOn(Here, ClustersUpdate)));
        Assert.Empty(held.ClusterIdsWith(ClustersGet));
    }

    [Theory]
    [InlineData(RoleNames.ClusterAdmin, true)]
    [InlineData(RoleNames.ClusterViewer, false)]
    public void A_cluster_role_counts_on_its_cluster_alone(string role, bool changes)
    {
        var held = RoleTable.BuiltIn.Effective([RoleTable.BuiltIn.Grant(role, clusterId: Here)]);

        Assert.Equal((true, changes), (held.HoldsOn(Here, ClustersGet), held.HoldsOn(Here, ClustersUpdate)));
        Assert.Equal((false, false), (held.HoldsOn(Elsewhere, ClustersGet), held.HoldsOn(Elsewhere, ClustersUpdate)));
        Assert.Equal((false, false), (held.Holds(ClustersGet), held.Holds(ClustersUpdate)));
        Assert.Equal((true, changes), (held.HoldsAnywhere(ClustersGet), held.HoldsAnywhere(ClustersUpdate)));
    }

    [Fact]
    public void Roles_on_several_clusters_add_up()
    {
        var held = RoleTable.BuiltIn.Effective(
        [
            RoleTable.BuiltIn.Grant(RoleNames.ClusterViewer, clusterId: Here),
            RoleTable.BuiltIn.Grant(RoleNames.ClusterViewer, clusterId: Elsewhere),
            RoleTable.BuiltIn.Grant(RoleNames.ClusterAdmin, clusterId: Elsewhere),
        ]);

        Assert.Equal([Here, Elsewhere], held.ClusterIdsWith(ClustersGet).Order());
        Assert.Equal([Elsewhere], held.ClusterIdsWith(ClustersUpdate));
        Assert.Equal([Here, Elsewhere], held.ClusterIds.Order());
    }

    [Fact]
    public void A_second_role_never_takes_away()
    {
        var held = RoleTable.BuiltIn.Effective([RoleTable.BuiltIn.Grant(RoleNames.SystemAdmin), RoleTable.BuiltIn.Grant(RoleNames.ClusterViewer, clusterId: Here)]);

        Assert.True(held.HoldsOn(Here, ClustersUpdate));
        Assert.True(held.IsSystemAdmin);
    }

    [Fact]
    public void Workspace_and_deployment_roles_count_where_they_are_bound()
    {
        var held = RoleTable.BuiltIn.Effective(
            [RoleTable.BuiltIn.Grant(RoleNames.WorkspaceViewer, workspaceId: Here), RoleTable.BuiltIn.Grant(RoleNames.DeploymentViewer, deploymentId: Elsewhere)]);

        Assert.Equal((true, false), (held.HoldsInWorkspace(Here, SeeWorkspace), held.HoldsInWorkspace(Elsewhere, SeeWorkspace)));
        Assert.Equal((false, true), (held.HoldsInDeployment(Here, SeeDeployment), held.HoldsInDeployment(Elsewhere, SeeDeployment)));
        Assert.Equal((Here, Elsewhere), (Assert.Single(held.WorkspaceIds), Assert.Single(held.DeploymentIds)));
        Assert.Equal((false, true), (held.Holds(SeeWorkspace), held.HoldsAnywhere(SeeWorkspace)));
    }

    [Fact]
    public void A_system_role_that_holds_workspace_permissions_holds_them_everywhere()
    {
        var held = RoleTable.BuiltIn.Effective([RoleTable.BuiltIn.Grant(RoleNames.SystemViewer)]);

        Assert.Equal((true, true), (held.HoldsInWorkspace(Here, SeeWorkspace), held.HoldsInDeployment(Here, SeeDeployment)));
    }

    public static TheoryData<RoleGrant> MisboundRoles() =>
    [
        RoleTable.BuiltIn.Grant(RoleNames.SystemAdmin, clusterId: Here),
        RoleTable.BuiltIn.Grant(RoleNames.SystemAdmin, workspaceId: Here),
        RoleTable.BuiltIn.Grant(RoleNames.WorkspaceAdmin),
        RoleTable.BuiltIn.Grant(RoleNames.WorkspaceAdmin, clusterId: Here),
        RoleTable.BuiltIn.Grant(RoleNames.DeploymentAdmin),
        RoleTable.BuiltIn.Grant(RoleNames.DeploymentAdmin, workspaceId: Here, deploymentId: Here),
        RoleTable.BuiltIn.Grant(RoleNames.ClusterAdmin),
        RoleTable.BuiltIn.Grant(RoleNames.ClusterAdmin, deploymentId: Here),
    ];

    [Theory]
    [MemberData(nameof(MisboundRoles))]
    public void A_role_bound_to_the_wrong_kind_of_thing_gives_nothing(RoleGrant grant)
    {
        var held = RoleTable.BuiltIn.Effective([grant]);

        Assert.Equal(RoleTable.BuiltIn.Effective([]).Names, Permission.All.Where(held.HoldsAnywhere).Select(p => p.Name).Order());
        Assert.False(held.IsSystemAdmin);
    }

    [Fact]
    public void Checks_by_name_and_by_prepared_permission_agree()
    {
        var held = RoleTable.BuiltIn.Effective([RoleTable.BuiltIn.Grant(RoleNames.SystemViewer), RoleTable.BuiltIn.Grant(RoleNames.ClusterAdmin, clusterId: Here)]);

        Assert.All(
            Permission.All,
            p => Assert.Equal(
                (held.Holds(p), held.HoldsAnywhere(p), held.HoldsOn(Here, p)),
                (held.Holds(p.Name), held.HoldsAnywhere(p.Name), held.HoldsOn(Here, p.Name))));
    }
}

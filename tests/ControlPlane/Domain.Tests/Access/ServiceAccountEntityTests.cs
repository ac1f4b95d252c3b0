using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Domain.Tests.Access;

public class ServiceAccountEntityTests
{
    private static readonly Guid Id = new("01980000-0000-7000-8000-000000000001");

    [Theory]
    [InlineData(EntityType.System, RoleNames.SystemViewer)]
    [InlineData(EntityType.Workspace, RoleNames.WorkspaceViewer)]
    [InlineData(EntityType.Deployment, RoleNames.DeploymentViewer)]
    [InlineData(EntityType.Cluster, RoleNames.ClusterViewer)]
    public void Binds_a_role_of_its_kind_and_no_other(EntityType type, string role)
    {
        var entity = new ServiceAccountEntity(type, type is EntityType.System ? null : Id);

        Assert.Equal([role], RoleTable.BuiltIn.All.Where(r => r.Name.EndsWith("_VIEWER", StringComparison.Ordinal) && entity.Grant(r).IsWellFormed).Select(r => r.Name));
    }

    [Fact]
    public void Is_the_scope_of_a_binding_to_exactly_it()
    {
        var binding = new RoleBinding { Id = Id, Role = RoleNames.WorkspaceViewer, WorkspaceId = Id, CreatedAt = default };

        Assert.True(new ServiceAccountEntity(EntityType.Workspace, Id).IsScopeOf(binding));
        Assert.False(new ServiceAccountEntity(EntityType.Workspace, Guid.Empty).IsScopeOf(binding));
        Assert.False(new ServiceAccountEntity(EntityType.Cluster, Id).IsScopeOf(binding));
        Assert.False(ServiceAccountEntity.System.IsScopeOf(binding));
    }
}

using Apc.ControlPlane.Api.Fleet.Reconciling;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Tests.Fleet.Reconciling;

public class ReconcileScopeTests
{
    private static readonly Guid One = Guid.Parse("018f0000-0000-7000-8000-000000000001");
    private static readonly Guid Two = Guid.Parse("018f0000-0000-7000-8000-000000000002");

    [Fact]
    public void Who_may_update_clusters_everywhere_may_reconcile_every_cluster()
    {
        var scope = ReconcileScope.Of(RoleTable.BuiltIn.Effective([RoleTable.BuiltIn.Grant(RoleNames.SystemAdmin)]));

        Assert.Same(ReconcileScope.All, scope);
        Assert.Null(scope.Ids);
        Assert.True(scope.Contains(One));
    }

    [Fact]
    public void Who_administers_some_clusters_may_reconcile_those()
    {
        var scope = ReconcileScope.Of(RoleTable.BuiltIn.Effective(
            [RoleTable.BuiltIn.Grant(RoleNames.ClusterAdmin, clusterId: One), RoleTable.BuiltIn.Grant(RoleNames.ClusterViewer, clusterId: Two)]));

        Assert.Equal([One], scope.Ids);
        Assert.Equal((true, false), (scope.Contains(One), scope.Contains(Two)));
    }

    [Fact]
    public void Who_holds_nothing_may_reconcile_nothing()
        => Assert.Equal([], ReconcileScope.Of(EffectivePermissions.None).Ids!);
}

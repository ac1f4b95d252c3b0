using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Data.Sql;

/// <summary>Which clusters a caller may see.</summary>
/// <remarks>
/// Holders of <c>system.clusters.get</c> see all. Others see clusters without a workspace restriction, those whose restriction names a
/// workspace of theirs, those that host a deployment they hold a role on, and those they hold a cluster role on.
/// </remarks>
public sealed record ClusterVisibility(
    bool All,
    IReadOnlyCollection<Guid> WorkspaceIds,
    IReadOnlyCollection<Guid> DeploymentIds,
    IReadOnlyCollection<Guid> ClusterIds)
{
    /// <summary>What a holder of <c>system.clusters.get</c> sees.</summary>
    public static readonly ClusterVisibility Everything = new(All: true, [], [], []);

    /// <summary>What somebody with these permissions sees.</summary>
    public static ClusterVisibility Of(EffectivePermissions permissions)
        => permissions.Holds(Permissions.ClustersGet)
            ? Everything
            : new ClusterVisibility(All: false, permissions.WorkspaceIds, permissions.DeploymentIds, permissions.ClusterIds);
}

using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.GraphQL.CodeFirst;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.ControlPlane.Api.Fleet.Clusters;

[ObjectType<RoleBindingRow>]
public static class RoleBindingClusterType
{
    /// <summary>The cluster on which the role is held; null for a role on something else or on the whole platform.</summary>
    public static async Task<ClusterRow?> GetClusterAsync(
        [Parent] RoleBindingRow binding, Selection selection, ClusterReader clusters, CancellationToken cancellationToken)
        => binding.ClusterId is { } id ? await clusters.FindAsync(id, SelectedColumns.Of(selection), cancellationToken) : null;
}

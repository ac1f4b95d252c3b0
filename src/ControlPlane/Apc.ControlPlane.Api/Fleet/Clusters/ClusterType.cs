using Apc.ControlPlane.Api.Common.Paging;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;
using Apc.GraphQL.CodeFirst;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.ControlPlane.Api.Fleet.Clusters;

/// <summary>The fields of a cluster that need a permission or further reads.</summary>
[ObjectType<ClusterRow>]
public static class ClusterType
{
    /// <summary>
    /// Problems of the payload in `healthStatus`: members that could not be lifted, or not kept as they came. They have no part in the
    /// status. Usually empty.
    /// </summary>
    public static IReadOnlyList<MetadataProblem> GetMetadataProblems([Parent] ClusterRow cluster)
        => cluster.MetadataProblems is { } problems ? MetadataProblem.Parse(problems) : [];

    /// <summary>When the data plane sent the payload in `healthStatus`; null before the first answer.</summary>
    public static DateTimeOffset? GetHealthStatusAt([Parent] ClusterRow cluster) => cluster.ObservedAt;

    /// <summary>Effective configuration: an object with the member `deployments`. Needs `system.clusters.get` on the cluster.</summary>
    [GraphQLType("JSON")]
    [RequiresPermissionOnCluster(Permissions.ClustersGet)]
    public static byte[]? GetConfig([Parent] ClusterRow cluster) => cluster.Config;

    /// <summary>The override exactly as it was sent, under the member `deployments`. Needs `system.clusters.get` on the cluster.</summary>
    [GraphQLType("JSON")]
    [RequiresPermissionOnCluster(Permissions.ClustersGet)]
    public static byte[]? GetConfigOverride([Parent] ClusterRow cluster) => cluster.ConfigOverride;

    /// <summary>The changes of the status, newest first. Needs `system.clusters.get` on the cluster.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="take">Changes on a page, 1 to 100; -1 for as many as one page may have.</param>
    /// <param name="cursor">The page starts after the change with this id.</param>
    [RequiresPermissionOnCluster(Permissions.ClustersGet)]
    public static async Task<StatusTransitionPage?> GetStatusHistoryAsync(
        [Parent] ClusterRow cluster,
        [GraphQLDefault("25"), MaxElements(PageArguments.MaxTake)] int? take,
        Uuid? cursor,
        Selection selection,
        StatusHistoryDataLoader history,
        CancellationToken cancellationToken)
    {
        var key = new StatusHistoryKey(
            cluster.Id, PageArguments.Take(take), PageArguments.Id(cursor), selection.Wants(nameof(StatusTransitionPage.Count)));
        return await history.LoadAsync(key, cancellationToken) ?? throw new CursorNotFoundException("status change", cursor.ToString()!);
    }
}

using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Paging;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Api.Fleet.Reconciling;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;
using Apc.GraphQL.CodeFirst;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.ControlPlane.Api.Fleet.Clusters;

[QueryType]
public static class ClusterQueries
{
    /// <summary>The clusters that the caller may see, a page at a time, newest first unless sorted otherwise.</summary>
    /// <param name="take">Clusters on a page, 1 to 100; -1 for as many as one page may have.</param>
    /// <param name="cursor">The page starts after the cluster with this id, in the order asked for. Not together with `pageNumber`.</param>
    /// <param name="pageNumber">Pages to leave out, from 0. Prefer `cursor`: it costs the same on every page.</param>
    /// <param name="status">Only clusters with this status.</param>
    /// <param name="cloudProvider">Only clusters of this cloud provider, without regard to case.</param>
    /// <param name="region">Only clusters in this region, without regard to case.</param>
    /// <param name="searchPhrase">Only clusters whose name, base domain or id contains this text, without regard to case.</param>
    /// <param name="k8sVersion">Only clusters with exactly this Kubernetes version.</param>
    /// <param name="id">Only the cluster with this id.</param>
    /// <param name="sortBy">What to sort by; ties are broken by id.</param>
    /// <param name="sortDirection">Ascending unless given, but by the time of registration newest first.</param>
    /// <param name="freshness">Only clusters whose last answer is this recent.</param>
    [Audited("cluster.read")]
    [SignedIn]
    public static async Task<ClusterPage?> GetPaginatedClustersAsync(
        [GraphQLDefault("25"), MaxElements(PageArguments.MaxTake)] int? take,
        Uuid? cursor,
        int? pageNumber,
        ClusterStatus? status,
        string? cloudProvider,
        string? region,
        string? searchPhrase,
        string? k8sVersion,
        Uuid? id,
        ClusterSortBy? sortBy,
        SortDirection? sortDirection,
        Freshness? freshness,
        Caller caller,
        Selection selection,
        ClusterReader clusters,
        CancellationToken cancellationToken)
        => await clusters.PageAsync(
            new ClusterPageQuery
            {
                Take = PageArguments.Take(take),
                Cursor = PageArguments.Cursor(cursor, "cluster"),
                PageNumber = PageArguments.PageNumber(pageNumber, cursor),
                Filter = new ClusterFilter
                {
                    Status = status,
                    CloudProvider = PageArguments.Text(cloudProvider),
                    Region = PageArguments.Text(region),
                    SearchPhrase = PageArguments.Text(searchPhrase),
                    K8sVersion = PageArguments.Text(k8sVersion),
                    Id = PageArguments.Id(id),
                    Freshness = freshness,
                },
                SortBy = ClusterArguments.SortKey(sortBy),
                Descending = ClusterArguments.Descending(sortBy, sortDirection),
                Visibility = ClusterVisibility.Of(caller.Permissions),
                Columns = selection.Of("clusters") is { } cluster ? SelectedColumns.Of(cluster) : ClusterColumns.None,
                WantsCount = selection.Wants(nameof(ClusterPage.Count)),
            },
            cancellationToken);

    /// <summary>One cluster. An unknown id gives null and the error `Cluster not found`.</summary>
    /// <param name="id">The cluster's id.</param>
    [Audited("cluster.read")]
    [RequiresPermission(Permissions.ClustersGet, OnCluster = "id")]
    public static async Task<ClusterRow?> GetClusterAsync(
        Uuid id, Selection selection, ClusterReader clusters, CancellationToken cancellationToken)
        => (id.Id is { } known ? await clusters.FindAsync(known, SelectedColumns.Of(selection), cancellationToken) : null)
            ?? throw new ClusterNotFoundException();

    /// <summary>
    /// Asks data planes for their metadata now, instead of at the next tick of the schedule, and stores what they answer. A query with side
    /// effects: send it by POST.
    /// </summary>
    /// <param name="clusterIds">The clusters; null or absent for every cluster that the caller may update, an empty list for none.</param>
    [Audited("cluster.update")]
    [RequiresPermission(Permissions.ClustersUpdate, Anywhere = true)]
    [Timeout(300)]
    [SideEffects]
    public static async Task<ClusterReconciliation?> ReconcileClusterMetadataJobAsync(
        IReadOnlyList<Uuid?>? clusterIds, Caller caller, ClusterReconciler reconciler, CancellationToken cancellationToken)
        => await reconciler.ReconcileAsync(
            clusterIds?.OfType<Uuid>().ToArray(), ReconcileScope.Of(caller.Permissions), caller, cancellationToken);
}

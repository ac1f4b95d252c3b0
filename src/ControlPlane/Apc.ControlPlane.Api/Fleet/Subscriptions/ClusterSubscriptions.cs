using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Api.Fleet.Clusters;
using Apc.ControlPlane.Api.Fleet.Sweeps;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;
using Apc.GraphQL.CodeFirst;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.ControlPlane.Api.Fleet.Subscriptions;

[SubscriptionType]
public static class ClusterSubscriptions
{
    private static readonly Permission Required = Permission.Named(Permissions.ClustersGet);

    /// <summary>
    /// Every change of a cluster's status from now on, whichever replica stores it, of clusters on which the caller holds
    /// `system.clusters.get` when it happens. Ends with an error when the token is revoked or expires, or when the subscriber reads too
    /// slowly.
    /// </summary>
    /// <param name="clusterIds">Only these clusters; null or absent for all, an empty list for none.</param>
    /// <param name="status">Only changes to this status.</param>
    [Audited("clusterStatusChanged.read")]
    [RequiresPermission(Permissions.ClustersGet, Anywhere = true)]
    public static async Task<IAsyncEnumerable<ClusterStatusChange?>> ClusterStatusChangedAsync(
        IReadOnlyList<Uuid>? clusterIds, ClusterStatus? status, ResolverContext context, ClusterFeed feed, TimeProvider clock)
    {
        var columns = context.Selection.Of(nameof(ClusterStatusChange.Cluster)) is { } cluster
            ? SelectedColumns.Of(cluster)
            : ClusterColumns.None;
        var subscriber = await feed.SubscribeAsync(
            new StatusFilter(clusterIds?.Select(id => id.Id).OfType<Guid>(), status), columns, context.CancellationToken);

        return new WatchedStream<ClusterStatusChange>(
            () => feed.Leave(subscriber),
            subscriber.Inbox,
            context.Request,
            caller => caller.RequireAnywhere(Required),
            (caller, change) => caller.Permissions.HoldsOn(change.ClusterId, Required),
            clock);
    }

    /// <summary>
    /// How far a scheduled run over all clusters has come: at once, then each time its counts or its outcome change; the last response
    /// shows how it ended. Of changes that follow each other faster than they are read, only the newest is shown.
    /// </summary>
    /// <param name="runId">The run, as `clusterSyncRuns` lists it.</param>
    [Audited("clusterSyncRunProgress.read")]
    [RequiresPermission(Permissions.ClustersGet)]
    public static async Task<IAsyncEnumerable<SyncRun?>> ClusterSyncRunProgressAsync(
        Uuid runId, ResolverContext context, ClusterFeed feed, TimeProvider clock)
    {
        var subscriber = (runId.Id is { } id ? await feed.SubscribeAsync(id, context.CancellationToken) : null)
            ?? throw new SyncRunNotFoundException();

        return new WatchedStream<SyncRun>(
            () => feed.Leave(subscriber), subscriber.Inbox, context.Request, caller => caller.Require(Required), (_, _) => true, clock);
    }
}

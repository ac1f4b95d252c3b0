using System.Text.Json;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Api.Fleet.Reconciling;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;
using Apc.GraphQL.CodeFirst;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.ControlPlane.Api.Fleet.Clusters;

[MutationType]
public static class ClusterMutations
{
    /// <summary>Registers a data plane as a cluster. Nothing is stored unless its metadata can be read.</summary>
    /// <param name="name">What the cluster is called: unique, 1 to 255 characters; blanks at its ends are removed.</param>
    /// <param name="metadataUrl">The data plane's address; its `/metadata` is asked below it.</param>
    /// <param name="deploymentsConfigOverride">
    /// An object that is merged into the platform's configuration of deployments. Do not wrap it in `deployments`.
    /// </param>
    /// <param name="workspaceIds">The workspaces that may use the cluster; every workspace if none is named.</param>
    [Audited("cluster.register")]
    [Timeout(20)]
    [RequiresPermission(Permissions.ClustersCreate)]
    [SpendsQuota("clusters")]
    public static async Task<ClusterRow?> RegisterClusterAsync(
        string name,
        string metadataUrl,
        JsonElement? deploymentsConfigOverride,
        IReadOnlyList<Uuid>? workspaceIds,
        Caller caller,
        Selection selection,
        RegisterCluster registerCluster,
        ClusterReader clusters,
        CancellationToken cancellationToken)
    {
        var id = await registerCluster.RunAsync(
            name, metadataUrl, deploymentsConfigOverride, ClusterWorkspaces.Of(workspaceIds ?? []), caller, cancellationToken);
        return await clusters.FindAsync(id, SelectedColumns.Of(selection), cancellationToken);
    }

    /// <summary>
    /// Forgets a cluster for good. Nothing is changed in its data plane, which can be registered again. Refused while deployments are on
    /// it.
    /// </summary>
    /// <param name="id">The cluster's id.</param>
    [Audited("cluster.deregister")]
    [RequiresPermission(Permissions.ClustersDelete, OnCluster = "id")]
    public static async Task<ClusterRef?> DeregisterClusterAsync(
        Uuid id, Caller caller, DeregisterCluster deregisterCluster, CancellationToken cancellationToken)
    {
        var known = id.Id ?? throw new ClusterNotFoundException();
        return new ClusterRef(known, await deregisterCluster.RunAsync(known, caller, cancellationToken));
    }

    /// <summary>
    /// Changes a cluster. Its status may be set in any state and lasts until the next reconcile; its workspaces may be named in any state;
    /// all else needs an ACTIVE cluster.
    /// </summary>
    /// <param name="id">The cluster's id.</param>
    /// <param name="name">The new name: unique, 1 to 255 characters.</param>
    /// <param name="status">The new status.</param>
    /// <param name="statusReason">Why, as a JSON object of any shape, such as `{ message: "…" }`; null clears it. Up to 16 KiB.</param>
    /// <param name="deploymentsConfigOverride">
    /// An object that is merged into the configuration of deployments; a member with null takes an override back. Do not wrap it in
    /// `deployments`.
    /// </param>
    /// <param name="workspaceIds">
    /// The workspaces that may use the cluster from now on: an empty list for every workspace; absent or null to leave it as it is.
    /// </param>
    [Audited("cluster.update")]
    [RequiresPermission(Permissions.ClustersUpdate, OnCluster = "id")]
    public static async Task<ClusterRow?> UpdateClusterAsync(
        Uuid id,
        string? name,
        ClusterStatus? status,
        Optional<JsonElement?> statusReason,
        JsonElement? deploymentsConfigOverride,
        IReadOnlyList<Uuid>? workspaceIds,
        Caller caller,
        Selection selection,
        UpdateCluster updateCluster,
        ClusterReader clusters,
        CancellationToken cancellationToken)
    {
        var known = id.Id ?? throw new ClusterNotFoundException();
        var change = new ClusterChange
        {
            Name = name,
            Status = status,
            StatusReason = statusReason,
            DeploymentsConfigOverride = deploymentsConfigOverride,
            WorkspaceIds = workspaceIds is null ? null : ClusterWorkspaces.Of(workspaceIds),
        };
        await updateCluster.RunAsync(known, change, caller, cancellationToken);
        return await clusters.FindAsync(known, SelectedColumns.Of(selection), cancellationToken);
    }

    /// <summary>Asks data planes for their metadata now, and stores what they answer. The same as the query of this name.</summary>
    /// <param name="clusterIds">The clusters; null or absent for every cluster that the caller may update, an empty list for none.</param>
    [Audited("cluster.update")]
    [RequiresPermission(Permissions.ClustersUpdate, Anywhere = true)]
    [Timeout(300)]
    public static Task<ClusterReconciliation?> ReconcileClusterMetadataJobAsync(
        IReadOnlyList<Uuid?>? clusterIds, Caller caller, ClusterReconciler reconciler, CancellationToken cancellationToken)
        => ClusterQueries.ReconcileClusterMetadataJobAsync(clusterIds, caller, reconciler, cancellationToken);
}

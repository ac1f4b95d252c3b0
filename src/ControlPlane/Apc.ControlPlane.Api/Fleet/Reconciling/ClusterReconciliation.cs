using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Common.Scalars;

namespace Apc.ControlPlane.Api.Fleet.Reconciling;

/// <summary>What a reconcile came to. Each id stands in one list, in the order of the request.</summary>
/// <param name="SuccessfulClusterIds">Clusters whose data plane answered, whatever it said.</param>
/// <param name="FailedClusterIds">Clusters whose data plane gave no usable answer; they are INACTIVE now.</param>
/// <param name="SkippedClusterIds">Clusters without a data plane URL, unknown ones, and those that the caller may not reconcile.</param>
public sealed record ClusterReconciliation(
    IReadOnlyList<Uuid> SuccessfulClusterIds, IReadOnlyList<Uuid> FailedClusterIds, IReadOnlyList<Uuid> SkippedClusterIds)
{
    /// <summary>Reconciles what is asked for and what the caller may update.</summary>
    internal static async Task<ClusterReconciliation?> RunAsync(
        IReadOnlyList<Uuid?>? clusterIds, Caller caller, ClusterReconciler reconciler, CancellationToken cancellationToken)
    {
        var ids = clusterIds?.OfType<Uuid>().ToArray();
        var outcome = await reconciler.ReconcileAsync(ids, ReconcileScope.Of(caller.Permissions), caller, cancellationToken);
        return new ClusterReconciliation(outcome.Successful, outcome.Failed, outcome.Skipped);
    }
}

using Apc.ControlPlane.Api.Scalars;

namespace Apc.ControlPlane.Api.Features.Clusters;

/// <summary>What a reconcile came to. Each id stands in one list, in the order of the request.</summary>
/// <param name="SuccessfulClusterIds">Clusters whose data plane answered, whatever it said.</param>
/// <param name="FailedClusterIds">Clusters whose data plane gave no usable answer; they are INACTIVE now.</param>
/// <param name="SkippedClusterIds">Clusters without a data plane URL, unknown ones, and those that the caller may not reconcile.</param>
public sealed record ClusterReconciliation(
    IReadOnlyList<Uuid> SuccessfulClusterIds, IReadOnlyList<Uuid> FailedClusterIds, IReadOnlyList<Uuid> SkippedClusterIds);

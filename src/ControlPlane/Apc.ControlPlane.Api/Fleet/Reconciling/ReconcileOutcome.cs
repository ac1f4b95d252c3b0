using Apc.ControlPlane.Api.Common.Scalars;

namespace Apc.ControlPlane.Api.Fleet.Reconciling;

/// <summary>What a reconcile came to, cluster by cluster, in the order in which they were asked for, each once.</summary>
/// <param name="Successful">An answer was read and stored, whatever it said.</param>
/// <param name="Failed">There was no usable answer; the cluster is INACTIVE now.</param>
/// <param name="Skipped">Nothing was tried: the cluster has no data plane URL, is unknown, or may not be reconciled by the caller.</param>
public sealed record ReconcileOutcome(IReadOnlyList<Uuid> Successful, IReadOnlyList<Uuid> Failed, IReadOnlyList<Uuid> Skipped);

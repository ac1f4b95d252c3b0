using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Fleet.Subscriptions;

/// <summary>Which changes a subscriber asked for.</summary>
/// <param name="clusterIds">Only of these clusters; null for all.</param>
/// <param name="status">Only to this status; null for any.</param>
public sealed class StatusFilter(IEnumerable<Guid>? clusterIds, ClusterStatus? status)
{
    private readonly HashSet<Guid>? _clusterIds = clusterIds?.ToHashSet();

    public bool Matches(ClusterStatusChange change)
        => (status is null || change.Transition.To == status) && (_clusterIds is null || _clusterIds.Contains(change.ClusterId));
}

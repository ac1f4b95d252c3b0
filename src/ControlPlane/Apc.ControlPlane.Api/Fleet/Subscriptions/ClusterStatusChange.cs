using Apc.ControlPlane.Api.Fleet.Clusters;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Fleet.Subscriptions;

/// <summary>A change of a cluster's status, as subscribers are told of it.</summary>
public sealed record ClusterStatusChange
{
    /// <summary>The cluster, as it was stored when the change was read; another change may have come since then.</summary>
    public required ClusterRow Cluster { get; init; }

    /// <summary>The change.</summary>
    public required StatusTransition Transition { get; init; }

    /// <summary>The cluster's id, whether or not anybody selects it.</summary>
    [GraphQLIgnore]
    public required Guid ClusterId { get; init; }
}

namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>One change of a cluster's status. Each <see cref="From"/> equals the previous <see cref="To"/>.</summary>
public sealed class ClusterStatusTransition
{
    /// <summary>UUID version 7, made by the application.</summary>
    public required Guid Id { get; init; }

    /// <summary>The cluster whose status changed.</summary>
    public required Guid ClusterId { get; init; }

    /// <summary>Order number of the decision (see <see cref="ClusterObservation.Number"/>): the order of the history, whatever the clocks said.</summary>
    public required long Number { get; init; }

    /// <summary>Null in the first transition of a cluster, the one of its registration.</summary>
    public ClusterStatus? From { get; init; }

    /// <summary>The status since then.</summary>
    public required ClusterStatus To { get; init; }

    /// <summary>The status reason that came with the change, JSON in UTF-8.</summary>
    public byte[]? Reason { get; init; }

    /// <summary>What made it change.</summary>
    public required StatusCause Cause { get; init; }

    /// <summary>Who asked for it; null where nobody did (<see cref="StatusCause.Schedule"/>).</summary>
    public string? Actor { get; init; }

    /// <summary>The sweep that found it; null for any other cause than <see cref="StatusCause.Schedule"/>.</summary>
    public Guid? RunId { get; init; }

    /// <summary>When it changed, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}

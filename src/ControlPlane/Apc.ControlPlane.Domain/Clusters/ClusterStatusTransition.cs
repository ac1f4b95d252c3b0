namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>One change of a cluster's status. Each <see cref="From"/> equals the previous <see cref="To"/>.</summary>
public sealed class ClusterStatusTransition
{
    public required Guid Id { get; init; }

    public required Guid ClusterId { get; init; }

    /// <summary><see cref="ClusterObservation.Number"/> of the decision, by which the history is ordered, independent of clocks.</summary>
    public required long Number { get; init; }

    /// <summary>The status before; null in the first transition, that of the registration.</summary>
    public ClusterStatus? From { get; init; }

    /// <summary>The status after the change.</summary>
    public required ClusterStatus To { get; init; }

    /// <summary>The status reason that came with the change, JSON in UTF-8.</summary>
    public byte[]? Reason { get; init; }

    public required StatusCause Cause { get; init; }

    /// <summary>The name of the caller who asked for it; null for <see cref="StatusCause.Schedule"/>.</summary>
    public string? Actor { get; init; }

    /// <summary>The sweep that found it; null for any other cause than <see cref="StatusCause.Schedule"/>.</summary>
    public Guid? RunId { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>What made a cluster's status change.</summary>
public enum StatusCause
{
    /// <summary>The first status, given at registration.</summary>
    Register,

    /// <summary>A scheduled sweep over the fleet.</summary>
    Schedule,

    /// <summary>A reconcile at a caller's request.</summary>
    Reconcile,

    /// <summary>A person or a program set it by hand.</summary>
    Manual,
}

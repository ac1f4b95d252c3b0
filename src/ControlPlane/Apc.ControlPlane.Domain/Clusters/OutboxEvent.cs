namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>An event for subscribers, written in the transaction of the change.</summary>
public sealed class OutboxEvent
{
    /// <summary>The kind of event for a change of a cluster's status.</summary>
    public const string StatusChanged = "cluster.statusChanged";

    /// <summary>Made by the database, ascending; transactions may commit in another order.</summary>
    public long Id { get; private set; }

    /// <summary>The transaction that wrote it, set by the database: by it readers find what has committed since their last read.</summary>
    public ulong XactId { get; private set; }

    /// <summary>What happened, as <c>noun.verb</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The cluster, which may be deleted by the time the event is read.</summary>
    public Guid? ClusterId { get; init; }

    /// <summary>The transition; each has exactly one event.</summary>
    public Guid? TransitionId { get; init; }

    /// <summary>JSON in UTF-8.</summary>
    public byte[]? Payload { get; init; }

    public required DateTimeOffset At { get; init; }
}

namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>Something that others must learn, written in the transaction that made it true.</summary>
public sealed class OutboxEvent
{
    /// <summary>The kind of an event that tells of a cluster's new status.</summary>
    public const string StatusChanged = "cluster.statusChanged";

    /// <summary>Given by the database, rising; transactions may commit in another order.</summary>
    public long Id { get; private set; }

    /// <summary>The transaction that wrote it, given by the database: by it readers find what has committed since they last read.</summary>
    public ulong XactId { get; private set; }

    /// <summary>What happened, as <c>noun.verb</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The cluster it is about; it may be gone by the time the event is read.</summary>
    public Guid? ClusterId { get; init; }

    /// <summary>The transition that it tells of, each of which has exactly one event.</summary>
    public Guid? TransitionId { get; init; }

    /// <summary>JSON in UTF-8.</summary>
    public byte[]? Payload { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}

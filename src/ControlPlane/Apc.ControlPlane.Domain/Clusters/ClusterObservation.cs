namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>When a cluster was last looked at, and by which decision: the narrow row that every probe rewrites.</summary>
public sealed class ClusterObservation
{
    /// <summary>The cluster looked at; it has one such row.</summary>
    public required Guid ClusterId { get; init; }

    /// <summary>
    /// Order number of the newest decision about the cluster, from the sequence <c>ClusterOrder</c>. A decision is written only
    /// where its number is greater, so that clocks decide nothing.
    /// </summary>
    public long Number { get; set; }

    /// <summary>Last probe that was answered; null before the first.</summary>
    public DateTimeOffset? ObservedAt { get; set; }

    /// <summary>Last probe, answered or not; null before the first.</summary>
    public DateTimeOffset? AttemptedAt { get; set; }

    /// <summary>Last <see cref="ClusterSyncRun"/> that handled the cluster; null before the first.</summary>
    public Guid? RunId { get; set; }
}

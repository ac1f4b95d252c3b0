namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>One sweep over the fleet; at most one for each due time.</summary>
public sealed class ClusterSyncRun
{
    public required Guid Id { get; init; }

    /// <summary>The schedule's tick that the run answers; unique, so that a second firing of the same tick begins no second run.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When the first replica began it; null before.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>Null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Clusters that gave a usable answer, healthy or not.</summary>
    public int Successful { get; set; }

    /// <summary>Clusters that gave no usable answer.</summary>
    public int Failed { get; set; }

    /// <summary>Clusters without a data plane URL.</summary>
    public int Skipped { get; set; }

    /// <summary>The replica that holds, or last held, the lease.</summary>
    public string? Replica { get; set; }

    public ClusterSyncOutcome Outcome { get; set; }

    /// <summary>Whether the control plane itself looked cut off during the run.</summary>
    public bool Suspect { get; set; }

    /// <summary>The end of the lease, in the database's time; after it any replica may take the run over.</summary>
    public DateTimeOffset LeaseUntil { get; set; }

    /// <summary>Raised at each take-over; a write with a lower token is refused.</summary>
    public long FencingToken { get; set; }
}

/// <summary>How far a sweep over the fleet has come.</summary>
public enum ClusterSyncOutcome
{
    /// <summary>Some replica holds its lease, or will take it over.</summary>
    Running,

    /// <summary>Every cluster was handled.</summary>
    Completed,

    /// <summary>It ended before every cluster was handled.</summary>
    Failed,
}

/// <summary>Whether the failures of a sweep point to the control plane's own network rather than to the fleet.</summary>
public static class SweepSuspicion
{
    /// <summary>Fewest newly unreachable clusters for which a sweep is suspect.</summary>
    public const int LeastClusters = 5;

    /// <summary>The control plane looks cut off when half of the fleet becomes unreachable in one sweep.</summary>
    /// <param name="newlyUnreachable">Clusters that went from ACTIVE to INACTIVE with a network-class code.</param>
    /// <param name="fleet">Clusters that the sweep probed.</param>
    public static bool LooksCutOff(int newlyUnreachable, int fleet)
        => newlyUnreachable >= LeastClusters && 2L * newlyUnreachable >= fleet;
}

namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>One scheduled sweep over the fleet. There is one for each due time, whichever replica carries it.</summary>
public sealed class ClusterSyncRun
{
    /// <summary>UUID version 7, made by the application.</summary>
    public required Guid Id { get; init; }

    /// <summary>The schedule's tick that the run answers; unique, so that a second firing of the same tick is absorbed.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When the first replica took it up; null before.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>Null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Clusters that gave a usable answer, whatever it said.</summary>
    public int Successful { get; set; }

    /// <summary>Clusters that gave no usable answer.</summary>
    public int Failed { get; set; }

    /// <summary>Clusters without a data plane URL.</summary>
    public int Skipped { get; set; }

    /// <summary>The replica that holds, or last held, the lease.</summary>
    public string? Replica { get; set; }

    /// <summary>How far it has come.</summary>
    public ClusterSyncOutcome Outcome { get; set; }

    /// <summary>The control plane itself looked cut off during the run.</summary>
    public bool Suspect { get; set; }

    /// <summary>In database time; after it any replica may take the run over.</summary>
    public DateTimeOffset LeaseUntil { get; set; }

    /// <summary>Raised at each take-over; a write that carries a lower one is refused.</summary>
    public long FencingToken { get; set; }
}

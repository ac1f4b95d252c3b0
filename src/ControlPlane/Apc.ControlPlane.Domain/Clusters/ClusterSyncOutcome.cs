namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>How far a sweep over the fleet has come.</summary>
public enum ClusterSyncOutcome
{
    /// <summary>Some replica holds its lease, or will take it over.</summary>
    Running,

    /// <summary>Every cluster was handled.</summary>
    Completed,

    /// <summary>Given up before every cluster was handled.</summary>
    Failed,
}

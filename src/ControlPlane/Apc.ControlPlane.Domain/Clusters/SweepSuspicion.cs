namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>Whether a sweep says more about the control plane's own network than about the fleet.</summary>
public static class SweepSuspicion
{
    /// <summary>Fewer clusters than this lost at once are taken at their word.</summary>
    public const int LeastClusters = 5;

    /// <summary>The control plane looks cut off when half of the fleet becomes unreachable in one sweep.</summary>
    /// <param name="newlyUnreachable">Clusters that went from ACTIVE to INACTIVE with a network-class code.</param>
    /// <param name="fleet">Clusters that the sweep probed.</param>
    public static bool LooksCutOff(int newlyUnreachable, int fleet)
        => newlyUnreachable >= LeastClusters && 2L * newlyUnreachable >= fleet;
}

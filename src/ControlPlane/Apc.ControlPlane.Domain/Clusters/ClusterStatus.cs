namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>Whether deployments may be created and configured on a cluster.</summary>
public enum ClusterStatus
{
    /// <summary>Unreachable, unhealthy or set so by a person: no new deployments, no configuration updates.</summary>
    Inactive,

    /// <summary>Reachable and healthy, or set so by a person.</summary>
    Active,
}

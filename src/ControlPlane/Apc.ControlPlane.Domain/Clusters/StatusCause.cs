namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>What made a cluster's status change.</summary>
public enum StatusCause
{
    /// <summary>The first status, given at registration.</summary>
    Register,

    /// <summary>A scheduled sweep over the fleet.</summary>
    Schedule,

    /// <summary>A reconcile that somebody asked for.</summary>
    Reconcile,

    /// <summary>A person or a program set it by hand.</summary>
    Manual,
}

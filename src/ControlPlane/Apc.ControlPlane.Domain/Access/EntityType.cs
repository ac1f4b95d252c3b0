namespace Apc.ControlPlane.Domain.Access;

/// <summary>What a service account can belong to.</summary>
public enum EntityType
{
    /// <summary>The platform itself.</summary>
    System,

    /// <summary>A workspace.</summary>
    Workspace,

    /// <summary>A deployment.</summary>
    Deployment,

    /// <summary>A cluster.</summary>
    Cluster,
}

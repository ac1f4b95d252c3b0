namespace Apc.ControlPlane.Domain.Access;

/// <summary>The platform, or the one workspace, deployment or cluster, that a service account belongs to.</summary>
/// <param name="Type">What kind of thing it is.</param>
/// <param name="Id">Which one; null for the platform.</param>
public readonly record struct ServiceAccountEntity(EntityType Type, Guid? Id)
{
    /// <summary>The platform itself.</summary>
    public static readonly ServiceAccountEntity System = new(EntityType.System, null);

    /// <summary>The workspace, where it is one.</summary>
    public Guid? WorkspaceId => Type == EntityType.Workspace ? Id : null;

    /// <summary>The deployment, where it is one.</summary>
    public Guid? DeploymentId => Type == EntityType.Deployment ? Id : null;

    /// <summary>The cluster, where it is one.</summary>
    public Guid? ClusterId => Type == EntityType.Cluster ? Id : null;

    /// <summary>The role, bound to this.</summary>
    public RoleGrant Grant(Role role) => new(role, WorkspaceId, DeploymentId, ClusterId);

    /// <summary>Whether the binding is to exactly this.</summary>
    public bool IsScopeOf(RoleBinding binding)
        => (binding.WorkspaceId, binding.DeploymentId, binding.ClusterId) == (WorkspaceId, DeploymentId, ClusterId);
}

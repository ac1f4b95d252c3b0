namespace Apc.ControlPlane.Domain.Access;

/// <summary>A role together with what it is bound to; what a role binding says, without who holds it.</summary>
/// <param name="Role">The role.</param>
/// <param name="WorkspaceId">The workspace, for a workspace role only.</param>
/// <param name="DeploymentId">The deployment, for a deployment role only.</param>
/// <param name="ClusterId">The cluster, for a cluster role only.</param>
public readonly record struct RoleGrant(Role Role, Guid? WorkspaceId = null, Guid? DeploymentId = null, Guid? ClusterId = null)
{
    /// <summary>Whether the role is bound to exactly the kind of entity it is meant for; a grant that is not gives nothing.</summary>
    public bool IsWellFormed => (Role.Scope, WorkspaceId, DeploymentId, ClusterId) switch
    {
        (RoleScope.System, null, null, null) => true,
        (RoleScope.Workspace, not null, null, null) => true,
        (RoleScope.Deployment, null, not null, null) => true,
        (RoleScope.Cluster, null, null, not null) => true,
        _ => false,
    };
}

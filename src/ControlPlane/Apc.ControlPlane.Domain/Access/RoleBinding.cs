namespace Apc.ControlPlane.Domain.Access;

/// <summary>A role that one holder (a user, a service account or a team) has in one scope.</summary>
/// <remarks>At most one of workspace, deployment and cluster is set; with none of them the scope is the whole platform.</remarks>
public sealed class RoleBinding
{
    public required Guid Id { get; init; }

    /// <summary>The name of a role of the table; null if it is a custom role.</summary>
    public string? Role { get; init; }

    /// <summary>The custom role; null if it is a role of the table.</summary>
    public Guid? CustomRoleId { get; init; }

    /// <summary>The holder, or null if it is another.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The holder, or null if it is another.</summary>
    public Guid? ServiceAccountId { get; init; }

    /// <summary>The holder, or null if it is another.</summary>
    public Guid? TeamId { get; init; }

    /// <summary>The workspace it is limited to, if it is.</summary>
    public Guid? WorkspaceId { get; init; }

    /// <summary>The deployment it is limited to, if it is.</summary>
    public Guid? DeploymentId { get; init; }

    /// <summary>The cluster it is limited to, if it is.</summary>
    public Guid? ClusterId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

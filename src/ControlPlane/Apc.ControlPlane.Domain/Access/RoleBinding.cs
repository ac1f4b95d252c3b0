namespace Apc.ControlPlane.Domain.Access;

/// <summary>A role that one holder, a user, a service account or a team, has in one scope.</summary>
/// <remarks>With none of workspace, deployment and cluster the scope is the whole system; never more than one of them is set.</remarks>
public sealed class RoleBinding
{
    /// <summary>UUID version 7, made by the application.</summary>
    public required Guid Id { get; init; }

    /// <summary>The name of a role of the table; null where it is a custom role.</summary>
    public string? Role { get; init; }

    /// <summary>The custom role; null where it is a role of the table.</summary>
    public Guid? CustomRoleId { get; init; }

    /// <summary>The holder, or null where it is another.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The holder, or null where it is another.</summary>
    public Guid? ServiceAccountId { get; init; }

    /// <summary>The holder, or null where it is another.</summary>
    public Guid? TeamId { get; init; }

    /// <summary>The workspace it is limited to, if it is.</summary>
    public Guid? WorkspaceId { get; init; }

    /// <summary>The deployment it is limited to, if it is.</summary>
    public Guid? DeploymentId { get; init; }

    /// <summary>The cluster it is limited to, if it is.</summary>
    public Guid? ClusterId { get; init; }

    /// <summary>When the record was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

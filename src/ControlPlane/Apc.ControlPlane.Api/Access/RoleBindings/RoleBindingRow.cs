using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

/// <summary>A role that a user, team or service account holds: on the whole platform, or on one workspace, deployment or cluster.</summary>
/// <remarks>What answers show of a <see cref="RoleBinding"/>.</remarks>
[GraphQLName("RoleBinding")]
public sealed record RoleBindingRow
{
    /// <summary>The binding's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The role; null for a custom role, and for one of a newer version that this control plane does not know.</summary>
    public Role? Role { get; init; }

    /// <summary>The cluster on which the role is held; null for a role on something else or on the whole platform.</summary>
    public Guid? ClusterId { get; init; }

    /// <summary>The workspace in which the role is held.</summary>
    [GraphQLIgnore]
    public Guid? WorkspaceId { get; init; }

    /// <summary>The deployment on which the role is held.</summary>
    [GraphQLIgnore]
    public Guid? DeploymentId { get; init; }

    /// <summary>The custom role.</summary>
    [GraphQLIgnore]
    public Guid? CustomRoleId { get; init; }

    /// <summary>When the role was given.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    [GraphQLIgnore]
    public required RoleHolder Holder { get; init; }

    public static RoleBindingRow Of(RoleBinding binding, RoleTable roles) => new()
    {
        Id = binding.Id,
        Role = binding.Role is { } name ? roles.Find(name) : null,
        WorkspaceId = binding.WorkspaceId,
        DeploymentId = binding.DeploymentId,
        CustomRoleId = binding.CustomRoleId,
        ClusterId = binding.ClusterId,
        CreatedAt = binding.CreatedAt,
        Holder = RoleHolder.Of(binding),
    };
}

using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Npgsql;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

/// <summary>The role cannot be bound to this kind of entity.</summary>
public sealed class RoleInvalidException : DomainException
{
    private RoleInvalidException(Role role, RoleScope scope, RoleTable roles)
        : base("INVALID_ROLE", Text(role, scope, roles))
    {
    }

    /// <summary>
    /// Refuses a role that is bound to another kind of entity than its scope, and <see cref="RoleNames.User"/>, which all users hold
    /// without a binding.
    /// </summary>
    public static void ThrowUnlessBindable(RoleGrant grant, RoleTable roles)
    {
        if (!grant.IsWellFormed || grant.Role.Is(RoleNames.User))
        {
            throw new RoleInvalidException(grant.Role, WantedBy(grant), roles);
        }
    }

    private static string Text(Role role, RoleScope scope, RoleTable roles) => role.CustomRoleId is null
        ? $"{role.Name} cannot be given here: the role has to be one of {Names(scope, roles)}."
        : role.Scope switch
        {
            RoleScope.System => $"{role.Name} is a role of the platform: name no workspace, deployment or cluster.",
            var wanted => $"{role.Name} is a role of the scope {wanted.ToString().ToUpperInvariant()}: name one such, and nothing else.",
        };

    private static RoleScope WantedBy(RoleGrant grant) => grant switch
    {
        { WorkspaceId: not null } => RoleScope.Workspace,
        { DeploymentId: not null } => RoleScope.Deployment,
        { ClusterId: not null } => RoleScope.Cluster,
        _ => RoleScope.System,
    };

    private static string Names(RoleScope scope, RoleTable roles) => string.Join(
        ", ", roles.All.Where(r => r.Scope == scope && !r.Is(RoleNames.User)).Select(r => r.Name).Order(StringComparer.Ordinal));
}

/// <summary>The arguments name no holder, or several; a role is for one user, service account or team.</summary>
public sealed class RoleHolderAmbiguousException(string names = "either a userId or a serviceAccountUuid")
    : DomainException("ROLE_HOLDER_AMBIGUOUS", $"Name {names}.");

/// <summary>Callers cannot change their own system role, directly or through a team.</summary>
public sealed class OwnRoleException() : DomainException("OWN_ROLE", "You cannot change your own system role.");

/// <summary>The last user who is System Admin keeps the role, because no other user could give it again.</summary>
public sealed class LastSystemAdminException()
    : DomainException("LAST_SYSTEM_ADMIN", "The platform needs at least one user who is System Admin.");

/// <summary>The last user who is admin of a workspace or deployment keeps the role, because no other member could give it again.</summary>
/// <param name="what"><c>workspace</c> or <c>deployment</c>.</param>
public sealed class LastAdminException(string what) : DomainException("LAST_ADMIN", $"A {what} needs at least one user who is its admin.");

/// <summary>System roles are for users with a verified address.</summary>
/// <param name="username">The user without one.</param>
public sealed class EmailNotVerifiedException(string username)
    : DomainException("EMAIL_NOT_VERIFIED", $"{username} has to verify their email address before they can hold a system role.");

/// <summary>System roles are for users with an address of an allowed domain.</summary>
/// <param name="username">The user without one.</param>
public sealed class SystemRoleDomainException(string username, IEnumerable<string> domains) : DomainException(
    "SYSTEM_ROLE_DOMAIN",
    $"{username} cannot hold a system role: these are for users with an email address of {string.Join(", ", domains)}.");

/// <summary>The sender of an invitation no longer holds what it gives.</summary>
public sealed class InviterLacksRoleException() : DomainException(
    "INVITER_LACKS_ROLE", "Whoever sent this invitation may not give any more what it gives. Ask for another.");

internal static class RoleErrors
{
    /// <summary>The error for a binding to a missing row: the violated foreign key has the name of the column at its end.</summary>
    public static Exception Missing(PostgresException violation)
    {
        var refused = violation.ConstraintName ?? "";
        return refused[(refused.LastIndexOf('_') + 1)..] switch
        {
            "userId" => new UserNotFoundException(),
            "teamId" => new TeamNotFoundException(),
            "serviceAccountId" => new ServiceAccountNotFoundException(),
            "workspaceId" => new WorkspaceNotFoundException(),
            "clusterId" => new ClusterNotFoundException(),
            "deploymentId" => new DeploymentNotFoundException(),
            _ => violation,
        };
    }
}

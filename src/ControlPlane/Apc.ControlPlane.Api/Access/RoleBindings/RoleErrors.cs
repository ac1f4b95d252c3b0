using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Npgsql;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

/// <summary>The role is not one that can be given in this way.</summary>
public sealed class RoleInvalidException : DomainException
{
    private RoleInvalidException(Role role, RoleScope scope, RoleTable roles)
        : base("INVALID_ROLE", Text(role, scope, roles))
    {
    }

    /// <summary>Refuses a role that is bound to something else than its scope, and <see cref="RoleNames.User"/>, which everybody holds without a binding.</summary>
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

    private static string Names(RoleScope scope, RoleTable roles)
        => string.Join(", ", roles.All.Where(r => r.Scope == scope && !r.Is(RoleNames.User)).Select(r => r.Name).Order(StringComparer.Ordinal));
}

/// <summary>A role is for one holder: a user, a service account or a team.</summary>
/// <param name="names">Which arguments name one.</param>
public sealed class RoleHolderAmbiguousException(string names = "either a userId or a serviceAccountUuid")
    : DomainException("ROLE_HOLDER_AMBIGUOUS", $"Name {names}.");

/// <summary>Nobody lifts or lowers themselves: a System Admin cannot change their own system role.</summary>
public sealed class OwnRoleException() : DomainException("OWN_ROLE", "You cannot change your own system role.");

/// <summary>The last user who is System Admin keeps the role, or nobody could give it again.</summary>
public sealed class LastSystemAdminException() : DomainException("LAST_SYSTEM_ADMIN", "The platform needs at least one user who is System Admin.");

/// <summary>The last user who is admin of a workspace or deployment keeps the role, or nobody in it could give it again.</summary>
/// <param name="what">What has no other admin.</param>
public sealed class LastAdminException(string what) : DomainException("LAST_ADMIN", $"A {what} needs at least one user who is its admin.");

/// <summary>Roles of the platform are for people whose address is known to be theirs.</summary>
/// <param name="username">Who is to hold one.</param>
public sealed class EmailNotVerifiedException(string username)
    : DomainException("EMAIL_NOT_VERIFIED", $"{username} has to verify their email address before they can hold a system role.");

/// <summary>Roles of the platform are kept for the addresses of some domains.</summary>
/// <param name="username">Who is to hold one.</param>
/// <param name="domains">Those that may hold them.</param>
public sealed class SystemRoleDomainException(string username, IEnumerable<string> domains) : DomainException(
    "SYSTEM_ROLE_DOMAIN", $"{username} cannot hold a system role: these are for users with an email address of {string.Join(", ", domains)}.");

/// <summary>Who sent an invitation has lost what it gives.</summary>
public sealed class InviterLacksRoleException() : DomainException(
    "INVITER_LACKS_ROLE", "Whoever sent this invitation may not give any more what it gives. Ask for another.");

/// <summary>What the database says when a role cannot be given.</summary>
internal static class RoleErrors
{
    /// <summary>What the binding would have pointed to is told by the column in the name of the foreign key that refused it.</summary>
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

using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Features.RoleBindings;

/// <summary>The role is not one that can be given in this way.</summary>
public sealed class RoleInvalidException : DomainException
{
    private RoleInvalidException(Role role, RoleScope scope)
        : base("INVALID_ROLE", $"{Roles.Of(role).Name} cannot be given here: the role has to be one of {Names(scope)}.")
    {
    }

    /// <summary>Refuses roles of another scope, and <see cref="Role.User"/>, which everybody holds without a binding.</summary>
    public static void ThrowUnless(Role role, RoleScope scope)
    {
        if (!IsBindable(role, scope))
        {
            throw new RoleInvalidException(role, scope);
        }
    }

    private static bool IsBindable(Role role, RoleScope scope) => role != Role.User && Roles.Of(role).Scope == scope;

    private static string Names(RoleScope scope)
        => string.Join(", ", Enum.GetValues<Role>().Where(r => IsBindable(r, scope)).Select(r => Roles.Of(r).Name));
}

/// <summary>The holder does not have the role that was to be taken away.</summary>
public sealed class RoleBindingNotFoundException() : DomainException("ROLE_BINDING_NOT_FOUND", "Role binding not found");

/// <summary>A cluster role is for a user or for a service account: for one of them.</summary>
public sealed class RoleHolderAmbiguousException()
    : DomainException("ROLE_HOLDER_AMBIGUOUS", "Name either a userId or a serviceAccountUuid.");

/// <summary>Nobody lifts or lowers themselves: a System Admin cannot change their own system role.</summary>
public sealed class OwnRoleException() : DomainException("OWN_ROLE", "You cannot change your own system role.");

/// <summary>The last user who is System Admin keeps the role, or nobody could give it again.</summary>
public sealed class LastSystemAdminException() : DomainException("LAST_SYSTEM_ADMIN", "The platform needs at least one user who is System Admin.");

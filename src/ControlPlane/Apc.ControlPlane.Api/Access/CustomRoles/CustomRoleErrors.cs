using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Access.CustomRoles;

/// <summary>Another custom role, or a role of the platform, has the name; case does not matter.</summary>
/// <param name="name">The name; null if it is not known.</param>
public sealed class CustomRoleNameTakenException(string? name = null) : DomainException(
    "CUSTOM_ROLE_NAME_TAKEN",
    name is null ? "There is a role with this name already." : $"There is a role with the name {name} already.");

/// <summary>Some values of a custom role cannot be used.</summary>
/// <param name="problems">A sentence for each of them.</param>
public sealed class CustomRoleInvalidException(IEnumerable<string> problems)
    : DomainException("INVALID_CUSTOM_ROLE", string.Join(' ', problems));

/// <summary>A custom role that is held is not deleted, because its holders would lose it unnoticed.</summary>
public sealed class CustomRoleHeldException(int holders) : DomainException(
    "CUSTOM_ROLE_HELD",
    $"The role is given {(holders == 1 ? "once" : $"{holders} times")}. Take it from its holders first: deleteCustomRoleBinding.");

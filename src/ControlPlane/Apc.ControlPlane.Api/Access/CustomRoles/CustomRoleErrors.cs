using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Access.CustomRoles;

/// <summary>Another custom role, or a role of the platform, has the name, be it in another case.</summary>
/// <param name="name">The name; null where it is not known.</param>
public sealed class CustomRoleNameTakenException(string? name = null)
    : DomainException("CUSTOM_ROLE_NAME_TAKEN", name is null ? "There is a role with this name already." : $"There is a role with the name {name} already.");

/// <summary>A custom role cannot be what it was to become.</summary>
/// <param name="problems">A sentence for each thing that is wrong.</param>
public sealed class CustomRoleInvalidException(IEnumerable<string> problems) : DomainException("INVALID_CUSTOM_ROLE", string.Join(' ', problems));

/// <summary>Whoever holds a custom role would lose it without a word, so it is not deleted.</summary>
public sealed class CustomRoleHeldException(int holders) : DomainException(
    "CUSTOM_ROLE_HELD", $"The role is given {(holders == 1 ? "once" : $"{holders} times")}. Take it from its holders first: deleteCustomRoleBinding.");

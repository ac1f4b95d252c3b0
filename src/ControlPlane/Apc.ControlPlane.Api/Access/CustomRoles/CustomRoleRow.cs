using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Access.CustomRoles;

/// <summary>A role that operators made through the API.</summary>
[GraphQLName("CustomRole")]
public sealed record CustomRoleRow
{
    /// <summary>The role's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its name, which no other role has in any case.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for, if that was said.</summary>
    public string? Description { get; init; }

    /// <summary>What it is bound to.</summary>
    public required RoleScope Scope { get; init; }

    /// <summary>Its permissions, and wildcards such as `workspace.teams.*`, as they were given.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }

    /// <summary>Every permission that it gives, by name: a wildcard gives all that this version of the control plane knows.</summary>
    public required IReadOnlyList<string> EffectivePermissions { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    public static CustomRoleRow Of(CustomRole role) => new()
    {
        Id = role.Id,
        Name = role.Name,
        Description = role.Description,
        Scope = role.Scope,
        Permissions = role.Permissions,
        EffectivePermissions = [.. role.ToRole().Permissions.Names],
        CreatedAt = role.CreatedAt,
        UpdatedAt = role.UpdatedAt,
    };
}

[ObjectType<RoleBindingRow>]
public static class RoleBindingCustomRoleType
{
    /// <summary>The custom role that is held; null if it is a role of the platform, which stands in `role`.</summary>
    public static async Task<CustomRoleRow?> GetCustomRoleAsync(
        [Parent] RoleBindingRow binding, CustomRoleByIdDataLoader customRoles, CancellationToken cancellationToken)
        => binding.CustomRoleId is { } id ? await customRoles.LoadAsync(id, cancellationToken) : null;
}

/// <summary>A page of custom roles.</summary>
/// <param name="CustomRoles">The roles of this page, in the order in which they were made.</param>
/// <param name="Count">How many there are in the scope asked for, on all pages together.</param>
public sealed record CustomRolePage(IReadOnlyList<CustomRoleRow> CustomRoles, int Count);

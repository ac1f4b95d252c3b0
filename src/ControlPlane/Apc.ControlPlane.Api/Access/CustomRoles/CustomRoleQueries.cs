using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Paging;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Access.CustomRoles;

[QueryType]
public static class CustomRoleQueries
{
    /// <summary>The custom roles, a page at a time, in the order in which they were made.</summary>
    /// <param name="scope">Only roles of this scope.</param>
    /// <param name="take">Roles on a page, 1 to 100; -1 for as many as one page may have.</param>
    /// <param name="cursor">The page starts after the role with this id.</param>
    [Audited("customRole.read")]
    [RequiresPermission(Permissions.CustomRolesGet)]
    public static async Task<CustomRolePage?> GetCustomRolesAsync(
        RoleScope? scope,
        [GraphQLDefault("25"), MaxElements(PageArguments.MaxTake)] int? take,
        Uuid? cursor,
        CustomRoleReader roles,
        CancellationToken cancellationToken)
        => await roles.PageAsync(scope, PageArguments.Take(take), PageArguments.Cursor(cursor, "custom role"), cancellationToken);

    /// <summary>One custom role. An unknown id gives null and the error `Custom role not found`.</summary>
    /// <param name="id">The role's id.</param>
    [Audited("customRole.read")]
    [RequiresPermission(Permissions.CustomRolesGet)]
    public static async Task<CustomRoleRow?> GetCustomRoleAsync(Uuid id, CustomRoleReader roles, CancellationToken cancellationToken)
        => CustomRoleRow.Of(await roles.GetAsync(id.Id, cancellationToken));

    /// <summary>Every permission of which roles can be made, by name.</summary>
    [Audited("permissionCatalog.read")]
    [RequiresPermission(Permissions.CustomRolesGet)]
    public static IReadOnlyList<PermissionEntry>? GetPermissionCatalog() => PermissionEntry.All;
}

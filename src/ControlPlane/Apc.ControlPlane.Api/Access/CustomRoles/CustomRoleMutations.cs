using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Access.CustomRoles;

[MutationType]
public static class CustomRoleMutations
{
    /// <summary>Makes a role. The caller has to hold all its permissions on the whole platform.</summary>
    /// <param name="name">1 to 64 characters; no other role may have it in any case.</param>
    /// <param name="scope">What the role is bound to. It cannot be changed later.</param>
    /// <param name="permissions">
    /// Names as in `permissionCatalog`, and wildcards such as `workspace.teams.*`, which also give what later versions add.
    /// </param>
    /// <param name="description">What the role is for.</param>
    [Audited("customRole.create")]
    [RequiresPermission(Permissions.CustomRolesCreate)]
    [SpendsQuota("custom-roles")]
    public static async Task<CustomRoleRow?> CreateCustomRoleAsync(
        string name,
        RoleScope scope,
        IReadOnlyList<string> permissions,
        string? description,
        Caller caller,
        CreateCustomRole createCustomRole,
        CancellationToken cancellationToken)
        => CustomRoleRow.Of(await createCustomRole.RunAsync(name, description, scope, permissions, caller, cancellationToken));

    /// <summary>
    /// Changes the given properties of a role, for all its holders. The caller has to hold all permissions that it has afterwards on the
    /// whole platform.
    /// </summary>
    /// <param name="id">The role's id.</param>
    /// <param name="name">Its new name.</param>
    /// <param name="permissions">All permissions that it has from now on.</param>
    /// <param name="description">What the role is for; empty for nothing.</param>
    [Audited("customRole.update")]
    [RequiresPermission(Permissions.CustomRolesUpdate)]
    public static async Task<CustomRoleRow?> UpdateCustomRoleAsync(
        Uuid id,
        string? name,
        IReadOnlyList<string>? permissions,
        string? description,
        Caller caller,
        UpdateCustomRole updateCustomRole,
        CancellationToken cancellationToken)
        => CustomRoleRow.Of(
            await updateCustomRole.RunAsync(id.Id ?? Guid.Empty, name, description, permissions, caller, cancellationToken));

    /// <summary>Deletes a role without holders, and answers with what it was.</summary>
    /// <param name="id">The role's id.</param>
    [Audited("customRole.delete")]
    [RequiresPermission(Permissions.CustomRolesDelete)]
    public static async Task<CustomRoleRow?> DeleteCustomRoleAsync(
        Uuid id, Caller caller, DeleteCustomRole deleteCustomRole, CancellationToken cancellationToken)
        => CustomRoleRow.Of(await deleteCustomRole.RunAsync(id.Id ?? Guid.Empty, caller, cancellationToken));
}

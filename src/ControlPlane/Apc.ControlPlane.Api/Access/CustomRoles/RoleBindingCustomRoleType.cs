using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Access.CustomRoles;

[ObjectType<RoleBindingRow>]
public static class RoleBindingCustomRoleType
{
    /// <summary>The custom role that is held; null where it is a role of the platform, which stands in `role`.</summary>
    public static async Task<CustomRoleRow?> GetCustomRoleAsync(
        [Parent] RoleBindingRow binding, CustomRoleByIdDataLoader customRoles, CancellationToken cancellationToken)
        => binding.CustomRoleId is { } id ? await customRoles.LoadAsync(id, cancellationToken) : null;
}

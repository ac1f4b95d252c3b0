using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.Users;

[ObjectType<RoleBindingRow>]
public static class RoleBindingUserType
{
    /// <summary>The user who holds the role; null where a service account or a team does.</summary>
    public static async Task<UserRow?> GetUserAsync(
        [Parent] RoleBindingRow binding, UserByIdDataLoader users, CancellationToken cancellationToken)
        => binding.Holder.UserId is { } id ? await users.LoadAsync(id, cancellationToken) : null;
}

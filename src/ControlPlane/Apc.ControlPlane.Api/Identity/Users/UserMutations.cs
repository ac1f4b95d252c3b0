using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.Users;

[MutationType]
public static class UserMutations
{
    /// <summary>
    /// Removes a user with all their roles, sessions and addresses, and answers with their last state. Refused for the caller, the last
    /// System Admin, and the last admin of a workspace or deployment.
    /// </summary>
    /// <param name="userUuid">The user's id. Older clients send this one.</param>
    /// <param name="id">The user's id.</param>
    [Audited("user.delete")]
    [RequiresPermission(Permissions.UserDelete)]
    public static async Task<UserRow?> RemoveUserAsync(
        Uuid? userUuid, [GraphQLType("ID")] Uuid? id, Caller caller, RemoveUser removeUser, CancellationToken cancellationToken)
    {
        var named = id is { IsAbsent: false } ? id : userUuid;
        return await removeUser.RunAsync(named?.Id ?? Guid.Empty, caller, cancellationToken);
    }
}

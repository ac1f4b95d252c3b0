using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.Users;

[QueryType]
public static class UserQueries
{
    /// <summary>The users who match all given arguments exactly, oldest first; at most 100. At least one has to be given.</summary>
    /// <param name="user">The users to look for.</param>
    /// <param name="email">An address, whatever its case.</param>
    [Audited("user.read")]
    [RequiresPermission(Permissions.UsersGet)]
    public static async Task<IReadOnlyList<UserRow>?> GetUsersAsync(
        UserSearch? user, string? email, UserReader reader, CancellationToken cancellationToken)
        => await reader.ListAsync(user, email, cancellationToken);
}

using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Features.Users;

[QueryType]
public static class UserQueries
{
    /// <summary>Who is asking: the user or service account of the token, and what it may do.</summary>
    [Audited("self.read")]
    [SignedIn]
    public static AuthUser? GetSelf(Caller caller) => AuthUser.Of(caller);

    /// <summary>The users whom everything that is given fits exactly, oldest first; at most 100. At least one thing has to be given.</summary>
    /// <param name="user">Whom to look for.</param>
    /// <param name="email">An address, whatever its case.</param>
    [Audited("user.read")]
    [RequiresPermission(Permissions.UsersGet)]
    public static async Task<IReadOnlyList<UserRow>?> GetUsersAsync(
        UserSearch? user, string? email, UserReader reader, CancellationToken cancellationToken)
        => await reader.SearchAsync(user, email, cancellationToken);
}

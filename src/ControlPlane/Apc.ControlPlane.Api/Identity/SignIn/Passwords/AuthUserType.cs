using Apc.ControlPlane.Api.Identity.Users;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.SignIn.Passwords;

[ObjectType<AuthUser>]
public static class AuthUserType
{
    /// <summary>The user who is signed in; null for a service account.</summary>
    public static async Task<UserRow?> GetUserAsync([Parent] AuthUser signedIn, UserByIdDataLoader users, CancellationToken cancellationToken)
        => signedIn.Unconfirmed is { } unconfirmed ? unconfirmed
            : signedIn.UserId is { } id && await users.LoadAsync(id, cancellationToken) is { } user ? user with { IsSelf = true } : null;
}

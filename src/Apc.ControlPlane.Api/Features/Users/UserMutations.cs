using System.Text.Json;
using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Domain;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Features.Users;

[MutationType]
public static class UserMutations
{
    /// <summary>
    /// Makes a user and signs them in. The first user of a platform becomes SYSTEM_ADMIN; later ones hold no role, and are made only where public
    /// sign-ups are switched on.
    /// </summary>
    /// <param name="email">The user's address: unique, whatever its case.</param>
    /// <param name="password">At least 12 characters, or at least 8 with an upper-case letter, a lower-case letter, a digit and a special character; never the address.</param>
    /// <param name="username">The name to sign in with: unique, up to 320 characters. The address unless given.</param>
    /// <param name="profile">Details such as `{ fullName: "…" }`; members other than `fullName` are ignored.</param>
    /// <param name="inviteToken">The token of an invitation. Invitations are not offered yet, so none is valid.</param>
    /// <param name="duration">How long the token lives, in milliseconds: 60000 to 86400000, which is 24 hours and the default.</param>
    [PublicField("The first user and users of an open platform have no token yet.")]
    public static async Task<AuthUser?> CreateUserAsync(
        string email,
        string password,
        string? username,
        JsonElement? profile,
        string? inviteToken,
        int? duration,
        Caller caller,
        UserRegistrar registrar,
        UserSignIn signIn,
        CancellationToken cancellationToken)
    {
        _ = inviteToken;
        var lifetime = TokenDuration.Of(duration);
        var signup = new Signup { Email = email, Password = password, Username = username, FullName = FullNameIn(profile) };
        var user = await registrar.RegisterAsync(signup, caller, cancellationToken);
        return AuthUser.Of(await signIn.BeginAsync(user, "createUser", lifetime, caller, cancellationToken));
    }

    /// <summary>Signs a user in by name and password. After 5 failures in 5 minutes, or 20 from one address, sign-ins have to wait.</summary>
    /// <param name="identity">User name or email address, whatever its case.</param>
    /// <param name="password">The password.</param>
    /// <param name="duration">How long the token lives, in milliseconds: 60000 to 86400000, which is 24 hours and the default.</param>
    [PublicField("Whoever signs in has no token yet.")]
    public static async Task<AuthUser?> CreateTokenAsync(
        string? identity, string password, int? duration, Caller caller, UserSignIn signIn, CancellationToken cancellationToken)
        => AuthUser.Of(await signIn.SignInAsync(identity ?? "", password, TokenDuration.Of(duration), caller, cancellationToken));

    private static string? FullNameIn(JsonElement? profile)
    {
        var given = profile is { ValueKind: JsonValueKind.Object } details && details.TryGetProperty("fullName", out var name) ? name : default;

        return given.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => null,
            JsonValueKind.String => PlainText.Normalize(given.GetString()!, 255) ?? throw new FullNameInvalidException(),
            _ => throw new FullNameInvalidException(),
        };
    }
}

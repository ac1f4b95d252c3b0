using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Auditing;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.SignIn.Passwords;

[MutationType]
public static class SignInMutations
{
    /// <summary>
    /// Signs a user in by name and password. After 5 failures in 5 minutes, or 20 from one network address, sign-ins have to wait, but not
    /// from a network address from which the user signed in before.
    /// </summary>
    /// <param name="identity">User name or email address, whatever its case.</param>
    /// <param name="password">The password.</param>
    /// <param name="duration">How long the token lives, in milliseconds: 60000 to 86400000, which is 24 hours and the default.</param>
    [Audited("user.signIn")]
    [PublicField("A user who signs in has no token yet.")]
    public static async Task<AuthUser?> CreateTokenAsync(
        string? identity,
        string password,
        int? duration,
        Caller caller,
        LocalSignIn local,
        UserSignIn signIn,
        CancellationToken cancellationToken)
    {
        local.Require();
        return AuthUser.Of(await signIn.SignInAsync(identity ?? "", password, TokenDuration.Of(duration), caller, cancellationToken));
    }
}

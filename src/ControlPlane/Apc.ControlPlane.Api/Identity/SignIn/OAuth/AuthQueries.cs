using System.Text.Json;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Identity.SignIn.Passwords;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

[QueryType]
public static class AuthQueries
{
    /// <summary>The ways to sign in and sign up.</summary>
    /// <param name="redirect">Where a browser is sent after a provider's sign-in: an address of the platform; others are ignored.</param>
    /// <param name="duration">How long tokens of such sign-ins live, in milliseconds: 60000 to 86400000 (24 hours, the default).</param>
    /// <param name="extras">Ignored; older clients send it.</param>
    /// <param name="inviteToken">Ignored: invited people are recognized by their verified address.</param>
    [PublicField("A user who signs in has no token yet.")]
    public static async Task<AuthConfig?> GetAuthConfigAsync(
        string? redirect,
        int? duration,
        JsonElement? extras,
        string? inviteToken,
        Caller caller,
        AuthConfigReader reader,
        CancellationToken cancellationToken)
    {
        _ = (extras, inviteToken, TokenDuration.Of(duration));
        return await reader.ReadAsync(new SignInJourney(redirect, duration), caller, cancellationToken);
    }
}

using System.Text.Json;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Identity.SignIn.Passwords;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

[QueryType]
public static class AuthQueries
{
    /// <summary>How people sign in and sign up here.</summary>
    /// <param name="redirect">Where a browser shall end after a sign-in through a provider: an address of the platform; others are passed over.</param>
    /// <param name="duration">How long the tokens live that providers' sign-ins give, in milliseconds: 60000 to 86400000, which is 24 hours and the default.</param>
    /// <param name="extras">Passed over; older clients send it.</param>
    /// <param name="inviteToken">Passed over: whoever has an invitation is known by their verified address.</param>
    [PublicField("Whoever signs in has no token yet.")]
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

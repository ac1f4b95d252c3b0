using System.Text.Json;
using Apc.ControlPlane.Api.Features.Gate;
using Apc.ControlPlane.Api.Features.Platform;
using Apc.ControlPlane.Api.Features.Users;
using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Data;
using Apc.GraphQL.CodeFirst;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Features.OAuth;

[QueryType]
public static class AuthQueries
{
    /// <summary>How people sign in and sign up here.</summary>
    /// <param name="redirect">Where a browser shall end after a sign-in through a provider: an address of the platform; others are passed over.</param>
    /// <param name="duration">How long tokens shall live that a provider's sign-in gives, in milliseconds: 60000 to 86400000, which is 24 hours and the default.</param>
    /// <param name="extras">Passed over; older clients send it.</param>
    /// <param name="inviteToken">Passed over: whoever has an invitation is known by their verified address.</param>
    [PublicField("Whoever signs in has no token yet.")]
    public static async Task<AuthConfig?> GetAuthConfigAsync(
        string? redirect,
        int? duration,
        JsonElement? extras,
        string? inviteToken,
        Caller caller,
        IDbContextFactory<ControlPlaneDbContext> contexts,
        IOptions<AuthOptions> auth,
        IOptions<LocalAuthOptions> local,
        IOptions<SignupOptions> signups,
        IOptions<SignInOptions> signIn,
        IOptions<PlatformOptions> platform,
        CancellationToken cancellationToken)
    {
        _ = (extras, inviteToken, TokenDuration.Of(duration));
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var origin = platform.Value.Address() ?? caller.Origin ?? "";

        return new AuthConfig(
            local.Value.Enabled,
            signups.Value.PublicSignups,
            InitialSignup: !await db.Users.AnyAsync(cancellationToken),
            signIn.Value.ExternalSignupUrl is { Length: > 0 } elsewhere ? elsewhere : null,
            [
                .. auth.Value.Providers.OrderBy(provider => provider.Key, StringComparer.Ordinal).Select(provider => new AuthProvider(
                    provider.Key, provider.Value.DisplayName ?? provider.Key, $"{origin}{OAuthEndpoints.StartUrl(provider.Key, redirect, duration)}")),
            ]);
    }
}

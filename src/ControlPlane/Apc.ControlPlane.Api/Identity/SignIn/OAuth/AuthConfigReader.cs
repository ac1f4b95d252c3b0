using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Common.Settings;
using Apc.ControlPlane.Api.Identity.SignIn.Gate;
using Apc.ControlPlane.Api.Identity.SignIn.Passwords;
using Apc.ControlPlane.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>Reads the public facts about signing in.</summary>
public sealed class AuthConfigReader(
    IDbContextFactory<ControlPlaneDbContext> contexts,
    IOptions<AuthOptions> auth,
    LocalSignIn local,
    IOptions<SignupOptions> signups,
    IOptions<SignInOptions> signIn,
    IOptions<PlatformOptions> platform)
{
    /// <param name="journey">The wishes for the addresses of the providers.</param>
    /// <param name="caller">The caller; if no address is configured, the one of their request is used for that of the platform.</param>
    public async Task<AuthConfig> ReadAsync(SignInJourney journey, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var isEmpty = !await db.Users.AnyAsync(cancellationToken);
        var origin = platform.Value.Address() ?? caller.Origin;

        return new AuthConfig(
            local.IsEnabled,
            signups.Value.PublicSignups,
            InitialSignup: isEmpty,
            signIn.Value.ExternalSignupUrl is { Length: > 0 } elsewhere ? elsewhere : null,
            [.. auth.Value.Providers.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => Describe(p.Key, p.Value))]);

        AuthProvider Describe(string name, AuthProviderOptions provider) => new(
            name,
            string.IsNullOrEmpty(provider.DisplayName) ? name : provider.DisplayName,
            $"{origin}{OAuthEndpoints.StartUrl(name, journey)}");
    }
}

/// <summary>The ways to sign in and sign up.</summary>
/// <param name="LocalEnabled">Whether users sign in with a password, by `createToken`.</param>
/// <param name="PublicSignup">Whether all people may sign up.</param>
/// <param name="InitialSignup">Whether there is no user yet: the first one made becomes SYSTEM_ADMIN.</param>
/// <param name="ExternalSignupUrl">The address where people ask for a user, if that is another site.</param>
/// <param name="Providers">The sign-in providers, by name.</param>
public sealed record AuthConfig(
    bool LocalEnabled, bool PublicSignup, bool InitialSignup, string? ExternalSignupUrl, IReadOnlyList<AuthProvider> Providers);

/// <summary>A sign-in provider.</summary>
/// <param name="Name">Its name in the configuration.</param>
/// <param name="DisplayName">Its name for people.</param>
/// <param name="Url">Where a browser begins: it leads to the provider, and from there back to the page with the token.</param>
public sealed record AuthProvider(string Name, string DisplayName, string Url);

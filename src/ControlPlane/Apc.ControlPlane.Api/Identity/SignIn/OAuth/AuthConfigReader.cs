using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Common.Settings;
using Apc.ControlPlane.Api.Identity.SignIn.Gate;
using Apc.ControlPlane.Api.Identity.SignIn.Passwords;
using Apc.ControlPlane.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>Puts together what anybody may know of how people sign in.</summary>
public sealed class AuthConfigReader(
    IDbContextFactory<ControlPlaneDbContext> contexts,
    IOptions<AuthOptions> auth,
    LocalSignIn local,
    IOptions<SignupOptions> signups,
    IOptions<SignInOptions> signIn,
    IOptions<PlatformOptions> platform)
{
    /// <param name="journey">What the addresses of the providers shall lead to.</param>
    /// <param name="caller">Who asks; where no address is configured, theirs is taken for that of the platform.</param>
    /// <param name="cancellationToken">Ends the query.</param>
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
            [.. auth.Value.Providers.OrderBy(provider => provider.Key, StringComparer.Ordinal).Select(provider => Describe(provider.Key, provider.Value))]);

        AuthProvider Describe(string name, AuthProviderOptions provider)
            => new(name, string.IsNullOrEmpty(provider.DisplayName) ? name : provider.DisplayName, $"{origin}{OAuthEndpoints.StartUrl(name, journey)}");
    }
}

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>How people sign in and sign up here.</summary>
/// <param name="LocalEnabled">Whether with a password, by `createToken`.</param>
/// <param name="PublicSignup">Whether everybody may make a user for themselves.</param>
/// <param name="InitialSignup">Whether there is no user yet: the first one made becomes SYSTEM_ADMIN.</param>
/// <param name="ExternalSignupUrl">Where people ask for a user, if that is somewhere else.</param>
/// <param name="Providers">Where else people sign in, by name.</param>
public sealed record AuthConfig(
    bool LocalEnabled, bool PublicSignup, bool InitialSignup, string? ExternalSignupUrl, IReadOnlyList<AuthProvider> Providers);

/// <summary>One provider at which people sign in.</summary>
/// <param name="Name">Its name in the configuration.</param>
/// <param name="DisplayName">What people know it by.</param>
/// <param name="Url">Where a browser begins: it leads to the provider, and from there back to the page with the token.</param>
public sealed record AuthProvider(string Name, string DisplayName, string Url);

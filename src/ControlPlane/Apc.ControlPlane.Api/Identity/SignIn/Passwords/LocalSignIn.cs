using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.SignIn.Passwords;

/// <summary>Tells whether users sign in with passwords.</summary>
public sealed class LocalSignIn(IOptions<LocalAuthOptions> options)
{
    public bool IsEnabled => options.Value.Enabled;

    /// <exception cref="LocalSignInDisabledException">Signing in with a password is switched off.</exception>
    public void Require()
    {
        if (!IsEnabled)
        {
            throw new LocalSignInDisabledException();
        }
    }
}

/// <summary>Settings of signing in with a password.</summary>
public sealed class LocalAuthOptions
{
    public const string Section = "Auth:Local";

    /// <summary>
    /// Whether users sign in and sign up with a password. On unless set; the first user and the configured admin can always be made.
    /// </summary>
    public bool Enabled { get; init; } = true;
}

using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.SignIn.Passwords;

/// <summary>Whether people sign in with passwords.</summary>
public sealed class LocalSignIn(IOptions<LocalAuthOptions> options)
{
    /// <summary>Whether they do.</summary>
    public bool IsEnabled => options.Value.Enabled;

    /// <exception cref="LocalSignInDisabledException">They do not.</exception>
    public void Require()
    {
        if (!IsEnabled)
        {
            throw new LocalSignInDisabledException();
        }
    }
}

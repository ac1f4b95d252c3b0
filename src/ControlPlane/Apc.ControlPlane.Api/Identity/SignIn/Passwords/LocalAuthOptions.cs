namespace Apc.ControlPlane.Api.Identity.SignIn.Passwords;

/// <summary>Signing in with a password that is kept here.</summary>
public sealed class LocalAuthOptions
{
    public const string Section = "Auth:Local";

    /// <summary>Whether people sign in and sign up with a password. On unless set; the first user, and the configured admin, can always be made.</summary>
    public bool Enabled { get; init; } = true;
}

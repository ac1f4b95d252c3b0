namespace Apc.ControlPlane.Api.Identity.SignIn.Links;

/// <summary>A link with which one user can choose a new password.</summary>
/// <remarks>Not a record: a record would print the link.</remarks>
public sealed class PasswordResetLink(string url, DateTimeOffset expiresAt)
{
    /// <summary>The address to open, this once. Whoever has it can sign in as the user.</summary>
    public string Url { get; } = url;

    /// <summary>From when on it is refused.</summary>
    public DateTimeOffset ExpiresAt { get; } = expiresAt;
}

namespace Apc.ControlPlane.Domain.Users;

/// <summary>A code that a browser, back from a sign-in provider, exchanges for a token: once, and within a minute.</summary>
/// <remarks>The row is deleted by its use.</remarks>
public sealed class SignInCode
{
    /// <summary>SHA-256 of the code; the primary key.</summary>
    public required byte[] CodeHash { get; init; }

    /// <summary>SHA-256 of the cookie of the browser that may use it.</summary>
    public required byte[] BrowserHash { get; init; }

    /// <summary>The user who signed in.</summary>
    public required Guid UserId { get; init; }

    /// <summary>From then on the code is refused, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Lifetime of the requested token, in milliseconds; null for the longest.</summary>
    public int? TokenDuration { get; init; }
}

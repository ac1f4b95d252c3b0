namespace Apc.ControlPlane.Domain.Users;

/// <summary>A code for which a browser that comes back from a provider gets a token: once, and within a minute.</summary>
/// <remarks>The row is deleted by its use.</remarks>
public sealed class SignInCode
{
    /// <summary>SHA-256 of the code, and the key.</summary>
    public required byte[] CodeHash { get; init; }

    /// <summary>SHA-256 of the cookie of the browser that may use it.</summary>
    public required byte[] BrowserHash { get; init; }

    /// <summary>Who signed in.</summary>
    public required Guid UserId { get; init; }

    /// <summary>From then on it is refused, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Life of the token that was asked for, in milliseconds; null for the longest.</summary>
    public int? TokenDuration { get; init; }
}

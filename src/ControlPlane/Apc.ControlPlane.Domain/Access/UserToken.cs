namespace Apc.ControlPlane.Domain.Access;

/// <summary>A signed-in session of a person.</summary>
public sealed class UserToken
{
    /// <summary>The part of the token that may be shown, and its key.</summary>
    public required string PublicId { get; init; }

    /// <summary>SHA-256 of the token's secret part.</summary>
    public required byte[] SecretHash { get; init; }

    /// <summary>Whose session it is.</summary>
    public required Guid UserId { get; init; }

    /// <summary>When the person signed in, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From then on it is refused, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Null while it may be used.</summary>
    public DateTimeOffset? RevokedAt { get; set; }
}

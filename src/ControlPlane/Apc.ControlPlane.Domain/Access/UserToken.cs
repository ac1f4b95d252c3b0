namespace Apc.ControlPlane.Domain.Access;

/// <summary>A session of a signed-in user.</summary>
public sealed class UserToken
{
    /// <summary>The part of the token that may be shown; the primary key.</summary>
    public required string PublicId { get; init; }

    /// <summary>SHA-256 of the secret.</summary>
    public required byte[] SecretHash { get; init; }

    public required Guid UserId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From then on it is refused, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Null while it may be used.</summary>
    public DateTimeOffset? RevokedAt { get; set; }
}

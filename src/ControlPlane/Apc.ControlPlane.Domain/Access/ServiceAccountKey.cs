namespace Apc.ControlPlane.Domain.Access;

/// <summary>What a service account proves itself with. An account has one key without an end, and after a rotation, for a while, the one before it.</summary>
/// <remarks>Not a record: a record would print the hash.</remarks>
public sealed class ServiceAccountKey
{
    /// <summary>Longest time for which a rotation may leave the key before it in force.</summary>
    public static readonly TimeSpan MaxOverlap = TimeSpan.FromDays(7);

    /// <summary>The part of the key that may be shown; unique.</summary>
    public required string PublicId { get; init; }

    /// <summary>Whose it is.</summary>
    public required Guid ServiceAccountId { get; init; }

    /// <summary>SHA-256 of the key's secret part.</summary>
    public required byte[] SecretHash { get; init; }

    /// <summary>The person who made it, and has seen it; null where that is not known. They may have been removed since.</summary>
    public Guid? CreatedById { get; init; }

    /// <summary>When the key was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From then on it is refused. Null for the account's newest key, which ends with the account alone.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Last use of this key, exact to a minute; null before the first.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }
}

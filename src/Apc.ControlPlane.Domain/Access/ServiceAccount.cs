namespace Apc.ControlPlane.Domain.Access;

/// <summary>A program's identity. What it may do stands in its role bindings.</summary>
public sealed class ServiceAccount
{
    /// <summary>UUID version 7, made by the application.</summary>
    public required Guid Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Label { get; set; }

    /// <summary>Free text to group accounts by.</summary>
    public string? Category { get; set; }

    /// <summary>The part of the key that may be shown; unique.</summary>
    public required string PublicId { get; init; }

    /// <summary>SHA-256 of the key's secret part.</summary>
    public required byte[] SecretHash { get; init; }

    /// <summary>Whether its key may be used.</summary>
    public bool Active { get; set; } = true;

    /// <summary>Last use of the key, exact to a minute; null before the first.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>Null means never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>When the record was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Last change of the record, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; set; }
}

namespace Apc.ControlPlane.Domain.Users;

/// <summary>A key with which replicas seal what browsers carry for them. Rows are neither changed nor deleted.</summary>
public sealed class ProtectionKey
{
    /// <summary>One more than that of the key before, and the key of the row.</summary>
    public required int Number { get; init; }

    /// <summary>The key as XML; null where it is sealed.</summary>
    public string? Xml { get; init; }

    /// <summary>The XML, sealed with a key out of the database's password, which all replicas have; null where there is no password.</summary>
    public byte[]? Sealed { get; init; }

    /// <summary>When the record was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

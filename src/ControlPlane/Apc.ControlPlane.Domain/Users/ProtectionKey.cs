namespace Apc.ControlPlane.Domain.Users;

/// <summary>A key with which replicas seal cookies and other data that browsers keep. Rows are neither changed nor deleted.</summary>
public sealed class ProtectionKey
{
    /// <summary>One more than that of the key before; the primary key.</summary>
    public required int Number { get; init; }

    /// <summary>The key as XML; null if it is sealed.</summary>
    public string? Xml { get; init; }

    /// <summary>The XML, sealed with a key from the database's password, which all replicas have; null if there is no password.</summary>
    public byte[]? Sealed { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

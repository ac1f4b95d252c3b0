namespace Apc.ControlPlane.Domain.Users;

/// <summary>The code that the first user needs if the control plane listens beyond its machine. At most one; deleted by its use.</summary>
public sealed class ClaimCode
{
    /// <summary>SHA-256 of the code.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The code, sealed with a key from the database's password, which all replicas have; null if there is no password.</summary>
    public byte[]? Sealed { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

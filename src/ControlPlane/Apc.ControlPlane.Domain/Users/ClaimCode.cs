namespace Apc.ControlPlane.Domain.Users;

/// <summary>What the first user of a control plane that listens beyond its machine has to know. There is at most one, and it is gone once it was used.</summary>
public sealed class ClaimCode
{
    /// <summary>SHA-256 of the code, which is not stored in the open.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The code, sealed with a key out of the database's password, which all replicas have; null where there is no password.</summary>
    public byte[]? Sealed { get; init; }

    /// <summary>When the record was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

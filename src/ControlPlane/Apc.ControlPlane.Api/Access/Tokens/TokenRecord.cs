using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Access.Tokens;

/// <summary>Asks for a token by its kind and by its prefix and public id; null where it may not be used. <see cref="TokenStore.FindAsync"/>, and stand-ins in tests.</summary>
public delegate Task<TokenRecord?> TokenLookUp(AccessTokenKind kind, string masked);

/// <summary>What the database says of one token.</summary>
/// <param name="SecretHash">SHA-256 of its secret.</param>
/// <param name="ExpiresAt">From then on it is refused; null means never.</param>
/// <param name="Caller">Whom it belongs to, with their permissions at the time of the look-up.</param>
public sealed record TokenRecord(byte[] SecretHash, DateTimeOffset? ExpiresAt, Caller Caller)
{
    /// <summary>The last use that is stored; only of a service account's key.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }
}

using System.Security.Cryptography;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Access.Tokens;

/// <summary>Makes tokens out of random characters.</summary>
public sealed class TokenIssuer(TimeProvider clock)
{
    /// <summary>Lifetime of a user's token unless another one is given.</summary>
    public static readonly TimeSpan UserTokenLifetime = TimeSpan.FromHours(24);

    /// <summary>A new token for a user, and its row, which is not saved.</summary>
    public (IssuedToken Token, UserToken Row) IssueForUser(Guid userId, TimeSpan? lifetime = null)
    {
        var token = Issue(AccessTokenKind.User);
        var now = clock.GetUtcNow();
        var row = new UserToken
        {
            PublicId = token.PublicId,
            SecretHash = token.SecretHash,
            UserId = userId,
            CreatedAt = now,
            ExpiresAt = now + (lifetime ?? UserTokenLifetime),
        };

        return (token, row);
    }

    /// <summary>A new key for a service account.</summary>
    public IssuedToken IssueForServiceAccount() => Issue(AccessTokenKind.ServiceAccount);

    private static IssuedToken Issue(AccessTokenKind kind)
    {
        var publicId = RandomNumberGenerator.GetString(AccessToken.Alphabet, AccessToken.PublicIdLength);
        var secret = RandomNumberGenerator.GetString(AccessToken.Alphabet, AccessToken.SecretLength);
        var hash = new byte[AccessToken.HashLength];
        AccessToken.HashSecret(secret, hash);
        return new IssuedToken(AccessToken.Compose(kind, publicId, secret), publicId, hash);
    }
}

/// <summary>A new token, whose whole text is known only now. Not a record, because a record would print the text.</summary>
public sealed class IssuedToken(string text, string publicId, byte[] secretHash)
{
    /// <summary>The whole token, for the response to the caller only.</summary>
    public string Text => text;

    /// <summary>The stored part by which the token is found.</summary>
    public string PublicId => publicId;

    /// <summary>The stored hash with which the token is checked.</summary>
    public byte[] SecretHash => secretHash;
}

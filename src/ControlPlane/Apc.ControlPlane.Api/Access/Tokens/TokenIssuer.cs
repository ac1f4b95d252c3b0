using System.Security.Cryptography;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Access.Tokens;

/// <summary>Makes tokens out of random characters.</summary>
public sealed class TokenIssuer(TimeProvider clock)
{
    /// <summary>How long a user's token lives unless a shorter time is asked for.</summary>
    public static readonly TimeSpan UserTokenLifetime = TimeSpan.FromHours(24);

    /// <summary>A new token for a user, and the row by which it will be recognized.</summary>
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

/// <summary>A token at the only moment at which its whole text is known. Not a record: a record would print the text.</summary>
public sealed class IssuedToken(string text, string publicId, byte[] secretHash)
{
    /// <summary>The whole token, for the answer to the caller and for nothing else.</summary>
    public string Text { get; } = text;

    /// <summary>What is stored to find it.</summary>
    public string PublicId { get; } = publicId;

    /// <summary>What is stored to check it.</summary>
    public byte[] SecretHash { get; } = secretHash;
}

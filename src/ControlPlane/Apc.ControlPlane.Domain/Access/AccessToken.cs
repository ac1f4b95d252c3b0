using System.Security.Cryptography;
using System.Text;

namespace Apc.ControlPlane.Domain.Access;

/// <summary>The kind of caller that a token belongs to.</summary>
public enum AccessTokenKind
{
    /// <summary>A signed-in user; <c>apc_u_</c>.</summary>
    User,

    /// <summary>A service account; <c>apc_s_</c>.</summary>
    ServiceAccount,
}

/// <summary>
/// A caller's credential: <c>apc_u_</c> or <c>apc_s_</c>, then in base 62 a public id (8), a secret (35), and the CRC-32 of all before (6).
/// </summary>
/// <remarks>
/// Only the public id and the SHA-256 of the secret are stored. The secret has 208 random bits, so a plain hash protects it. The checksum
/// refuses typing errors without a look-up, and lets scanners for leaked secrets recognize a token.
/// </remarks>
public readonly ref struct AccessToken
{
    /// <summary>The characters of a token after its prefix.</summary>
    public const string Alphabet = Base62.Digits;

    /// <summary>Characters of the public id.</summary>
    public const int PublicIdLength = 8;

    /// <summary>Characters of the secret.</summary>
    public const int SecretLength = 35;

    /// <summary>Characters of a whole token.</summary>
    public const int Length = PrefixLength + PublicIdLength + SecretLength + ChecksumLength;

    /// <summary>Characters of <see cref="Masked"/>, with which a token begins.</summary>
    public const int MaskedLength = PrefixLength + PublicIdLength;

    /// <summary>Bytes of the stored hash.</summary>
    public const int HashLength = SHA256.HashSizeInBytes;

    private const string UserPrefix = "apc_u_";
    private const string ServiceAccountPrefix = "apc_s_";
    private const int PrefixLength = 6;
    private const int ChecksumLength = 6;

    private AccessToken(AccessTokenKind kind, ReadOnlySpan<char> text)
    {
        Kind = kind;
        Masked = text[..MaskedLength];
        Secret = text[MaskedLength..^ChecksumLength];
    }

    /// <summary>The kind of caller that the token belongs to.</summary>
    public AccessTokenKind Kind { get; }

    /// <summary>Prefix and public id: the token's name in logs, and all that is shown of it after it was issued.</summary>
    public ReadOnlySpan<char> Masked { get; }

    /// <summary>The part by which the token is found; not secret.</summary>
    public ReadOnlySpan<char> PublicId => Masked[PrefixLength..];

    /// <summary>The part that authenticates the caller; never stored, never logged.</summary>
    public ReadOnlySpan<char> Secret { get; }

    /// <summary>Takes a token apart without allocating. False for a text that is no token, such as one with a wrong checksum.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out AccessToken token)
    {
        token = default;

        if (text.Length != Length || PrefixKind(text) is not { } kind)
        {
            return false;
        }

        Span<char> checksum = stackalloc char[ChecksumLength];
        var body = text[..^ChecksumLength];

        if (!Base62.IsAll(body[PrefixLength..]))
        {
            return false;
        }

        Base62.Write(Crc32.Of(body), checksum);

        if (!text[^ChecksumLength..].SequenceEqual(checksum))
        {
            return false;
        }

        token = new AccessToken(kind, text);
        return true;
    }

    /// <summary>The token of these parts.</summary>
    /// <exception cref="ArgumentException">A part has the wrong length or a character outside <see cref="Alphabet"/>.</exception>
    public static string Compose(AccessTokenKind kind, ReadOnlySpan<char> publicId, ReadOnlySpan<char> secret)
    {
        if (publicId.Length != PublicIdLength || secret.Length != SecretLength || !Base62.IsAll(publicId) || !Base62.IsAll(secret))
        {
            throw new ArgumentException(
                $"A token is made of {PublicIdLength} and {SecretLength} characters of {nameof(Alphabet)}.", nameof(publicId));
        }

        Span<char> text = stackalloc char[Length];
        Prefix(kind).CopyTo(text);
        publicId.CopyTo(text[PrefixLength..]);
        secret.CopyTo(text[MaskedLength..]);
        Base62.Write(Crc32.Of(text[..^ChecksumLength]), text[^ChecksumLength..]);
        return text.ToString();
    }

    /// <summary>What <see cref="Masked"/> is for a token of this kind and public id.</summary>
    public static string Mask(AccessTokenKind kind, string publicId) => Prefix(kind) + publicId;

    /// <summary>Writes the SHA-256 of a secret, the form in which it is stored and compared.</summary>
    /// <param name="secret">A secret of <see cref="SecretLength"/> characters.</param>
    /// <param name="hash">Room for <see cref="HashLength"/> bytes.</param>
    public static void HashSecret(ReadOnlySpan<char> secret, Span<byte> hash)
    {
        Span<byte> bytes = stackalloc byte[SecretLength];
        Encoding.ASCII.GetBytes(secret, bytes);
        SHA256.HashData(bytes, hash);
        CryptographicOperations.ZeroMemory(bytes);
    }

    private static string Prefix(AccessTokenKind kind) => kind == AccessTokenKind.User ? UserPrefix : ServiceAccountPrefix;

    private static AccessTokenKind? PrefixKind(ReadOnlySpan<char> text)
    {
        if (text.StartsWith(UserPrefix, StringComparison.Ordinal))
        {
            return AccessTokenKind.User;
        }

        return text.StartsWith(ServiceAccountPrefix, StringComparison.Ordinal) ? AccessTokenKind.ServiceAccount : null;
    }
}

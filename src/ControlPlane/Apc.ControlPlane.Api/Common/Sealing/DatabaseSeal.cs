using System.Security.Cryptography;
using System.Text;
using Apc.ControlPlane.Data;
using Npgsql;

namespace Apc.ControlPlane.Api.Common.Sealing;

/// <summary>
/// Seals texts that are stored in the database, such as the claim code and the key ring, so that every replica can read them, but not
/// someone who has only a copy of the database. The key is derived from the database password in the connection string.
/// </summary>
/// <remarks>AES-256-GCM. A sealed text consists of salt, nonce, tag and ciphertext.</remarks>
public sealed class DatabaseSeal(IConfiguration configuration)
{
    private const int SaltLength = 16;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int HeadLength = SaltLength + NonceLength + TagLength;

    // As slow as for passwords of users: the password could be guessed by anyone who has a sealed text. Stored texts depend on the number.
    private const int Iterations = 210_000;

    private string? Password
        => configuration.GetConnectionString(DatabaseOptions.ConnectionStringName) is { Length: > 0 } text
            && new NpgsqlConnectionStringBuilder(text).Password is { Length: > 0 } password
                ? password
                : null;

    /// <summary>The sealed text; null if the database has no password.</summary>
    /// <param name="text">In ASCII.</param>
    public byte[]? Seal(string text)
    {
        if (Password is not { } password)
        {
            return null;
        }

        var plain = Encoding.ASCII.GetBytes(text);
        var sealedText = new byte[HeadLength + plain.Length];
        RandomNumberGenerator.Fill(sealedText.AsSpan(0, SaltLength + NonceLength));
        using var cipher = Cipher(password, sealedText);
        cipher.Encrypt(Nonce(sealedText), plain, sealedText.AsSpan(HeadLength), Tag(sealedText));
        return sealedText;
    }

    /// <summary>The text; null if it was not sealed, or sealed with another password.</summary>
    public string? Open(byte[]? sealedText)
    {
        if (sealedText is not { Length: > HeadLength } || Password is not { } password)
        {
            return null;
        }

        try
        {
            var plain = new byte[sealedText.Length - HeadLength];
            using var cipher = Cipher(password, sealedText);
            cipher.Decrypt(Nonce(sealedText), sealedText.AsSpan(HeadLength), Tag(sealedText), plain);
            return Encoding.ASCII.GetString(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static AesGcm Cipher(string password, byte[] sealedText)
    {
        var salt = sealedText.AsSpan(0, SaltLength);
        return new(Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA512, outputLength: 32), TagLength);
    }

    private static Span<byte> Nonce(byte[] sealedText) => sealedText.AsSpan(SaltLength, NonceLength);

    private static Span<byte> Tag(byte[] sealedText) => sealedText.AsSpan(SaltLength + NonceLength, TagLength);
}

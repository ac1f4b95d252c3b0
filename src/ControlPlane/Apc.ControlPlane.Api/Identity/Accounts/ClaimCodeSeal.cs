using System.Security.Cryptography;
using System.Text;
using Apc.ControlPlane.Api.Identity.SignIn.Passwords;
using Apc.ControlPlane.Data;
using Npgsql;

namespace Apc.ControlPlane.Api.Identity.Accounts;

/// <summary>
/// Keeps the claim code, and keys that replicas share, in the database so that every replica can read them, but nobody who reads the
/// database alone: sealed with a key out of the password that replicas have in their connection string. AES-256-GCM; salt, nonce, tag and
/// sealed text follow each other.
/// </summary>
public sealed class ClaimCodeSeal(IConfiguration configuration)
{
    private const int SaltLength = 16;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>The sealed code, a text in ASCII; null where the database has no password.</summary>
    public byte[]? Seal(string code)
    {
        if (Password is not { } password)
        {
            return null;
        }

        var text = Encoding.ASCII.GetBytes(code);
        var sealedCode = new byte[SaltLength + NonceLength + TagLength + text.Length];
        RandomNumberGenerator.Fill(sealedCode.AsSpan(0, SaltLength + NonceLength));
        using var cipher = Cipher(password, sealedCode);
        cipher.Encrypt(Nonce(sealedCode), text, sealedCode.AsSpan(SaltLength + NonceLength + TagLength), Tag(sealedCode));
        return sealedCode;
    }

    /// <summary>The code; null where it is not sealed, or with another password.</summary>
    public string? Open(byte[]? sealedCode)
    {
        if (sealedCode is not { Length: > SaltLength + NonceLength + TagLength } || Password is not { } password)
        {
            return null;
        }

        try
        {
            var text = new byte[sealedCode.Length - SaltLength - NonceLength - TagLength];
            using var cipher = Cipher(password, sealedCode);
            cipher.Decrypt(Nonce(sealedCode), sealedCode.AsSpan(SaltLength + NonceLength + TagLength), Tag(sealedCode), text);
            return Encoding.ASCII.GetString(text);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private string? Password
        => configuration.GetConnectionString(DatabaseOptions.ConnectionStringName) is { Length: > 0 } text
            && new NpgsqlConnectionStringBuilder(text).Password is { Length: > 0 } password
                ? password
                : null;

    // Who has both the code and the sealed text could try passwords: that is made as slow as for those of people.
    private static AesGcm Cipher(string password, byte[] sealedCode) => new(
        Rfc2898DeriveBytes.Pbkdf2(password, sealedCode.AsSpan(0, SaltLength), PasswordVerifier.Iterations, HashAlgorithmName.SHA512, 32), TagLength);

    private static Span<byte> Nonce(byte[] sealedCode) => sealedCode.AsSpan(SaltLength, NonceLength);

    private static Span<byte> Tag(byte[] sealedCode) => sealedCode.AsSpan(SaltLength + NonceLength, TagLength);
}

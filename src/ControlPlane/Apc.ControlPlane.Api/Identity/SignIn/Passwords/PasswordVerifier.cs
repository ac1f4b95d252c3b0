using System.Buffers.Binary;
using System.Security.Cryptography;
using Apc.ControlPlane.Domain.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.SignIn.Passwords;

/// <summary>The result of checking a password.</summary>
public enum PasswordCheck
{
    /// <summary>The password is wrong, or there is no hash.</summary>
    Wrong,

    /// <summary>The password is right.</summary>
    Right,

    /// <summary>The password is right, and its hash has fewer rounds than hashes that are made now.</summary>
    RightButOutdated,
}

/// <summary>Hashes passwords and checks them. A check takes the same time without a hash, and with a hash of fewer rounds.</summary>
public sealed class PasswordVerifier(PasswordHasher<User> hasher, IOptions<PasswordHasherOptions> options)
{
    /// <summary>Rounds of PBKDF2 with SHA-512 for a hash.</summary>
    public const int Iterations = 210_000;

    // The format of ASP.NET Core, version 3: a marker, then the function, the rounds and the length of the salt, each in 4 bytes.
    private const byte Version3 = 1;
    private const int RoundsAt = 5;
    private const int HeaderLength = 13;
    private const int KeyLength = 32;

    // The hasher requires a user and does not use it.
    private static readonly User Unused = new() { Id = Guid.Empty, Username = string.Empty, CreatedAt = default };

    private readonly string _hashOfNothing = hasher.HashPassword(Unused, Guid.Empty.ToString());
    private readonly int _iterations = options.Value.IterationCount;

    /// <summary>The salted hash to store.</summary>
    public string Hash(string password) => hasher.HashPassword(Unused, password);

    /// <summary>Whether the password belongs to the hash; false without a hash.</summary>
    public bool Verify(string? hash, string password) => Check(hash, password) is not PasswordCheck.Wrong;

    public PasswordCheck Check(string? hash, string password)
    {
        var result = hasher.VerifyHashedPassword(Unused, hash ?? _hashOfNothing, password);

        // Otherwise a faster refusal would show that there is a user, whose hash is old.
        if (result is PasswordVerificationResult.Failed && MissingRounds(hash) is > 0 and var missing)
        {
            Rfc2898DeriveBytes.Pbkdf2(password, salt: new byte[16], missing, HashAlgorithmName.SHA512, KeyLength);
        }

        return (hash, result) switch
        {
            (null, _) or (_, PasswordVerificationResult.Failed) => PasswordCheck.Wrong,
            (_, PasswordVerificationResult.SuccessRehashNeeded) => PasswordCheck.RightButOutdated,
            _ => PasswordCheck.Right,
        };
    }

    /// <summary>By how many rounds the hash has fewer than one that is made now; all of them for a hash of another format.</summary>
    private int MissingRounds(string? hash)
    {
        if (hash is null)
        {
            return 0;
        }

        var bytes = new byte[hash.Length];
        return Convert.TryFromBase64String(hash, bytes, out var length) && length >= HeaderLength && bytes[0] == Version3
            ? _iterations - BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(RoundsAt))
            : _iterations;
    }
}

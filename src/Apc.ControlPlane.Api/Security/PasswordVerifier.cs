using Apc.ControlPlane.Domain.Users;
using Microsoft.AspNetCore.Identity;

namespace Apc.ControlPlane.Api.Security;

/// <summary>Hashes passwords and checks them, in the same time whether or not there is a hash to check against.</summary>
public sealed class PasswordVerifier(PasswordHasher<User> hasher)
{
    // The hasher asks for a user and does not use it.
    private static readonly User Nobody = new() { Id = Guid.Empty, Username = string.Empty, CreatedAt = default };

    private readonly string _hashOfNothing = hasher.HashPassword(Nobody, Guid.Empty.ToString());

    /// <summary>The salted hash to store.</summary>
    public string Hash(string password) => hasher.HashPassword(Nobody, password);

    /// <summary>Whether the password belongs to the hash. Without a hash it takes as long and says no.</summary>
    public bool Verify(string? hash, string password)
    {
        var result = hasher.VerifyHashedPassword(Nobody, hash ?? _hashOfNothing, password);
        return hash is not null && result != PasswordVerificationResult.Failed;
    }
}

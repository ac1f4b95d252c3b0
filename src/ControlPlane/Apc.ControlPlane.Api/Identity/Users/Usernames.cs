using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Users;

namespace Apc.ControlPlane.Api.Identity.Users;

/// <summary>Rules for user names. Users sign in by name or address, so neither may be another user's name or address.</summary>
internal static class Usernames
{
    /// <summary>The name as it is stored.</summary>
    /// <exception cref="UsernameInvalidException">It cannot be stored.</exception>
    public static string Normalize(string username)
        => PlainText.Normalize(username, EmailAddress.MaxLength) ?? throw new UsernameInvalidException(username);

    /// <summary>
    /// The name for a user with these addresses. A name that looks like an address, with any character that counts as <c>@</c>, has to be
    /// one of theirs and is stored as the address is.
    /// </summary>
    /// <exception cref="UsernameIsAddressException">It looks like another address.</exception>
    public static string Of(string username, IEnumerable<string> addresses)
    {
        var key = NameKey.Of(username);
        return key.Contains('@', StringComparison.Ordinal)
            ? addresses.FirstOrDefault(address => NameKey.Of(address) == key) ?? throw new UsernameIsAddressException()
            : username;
    }

    /// <summary>Refuses the name or address of another user. The context has begun a transaction under <see cref="Locks.Users"/>.</summary>
    /// <param name="owner">The user who wants it, whose own name or address it may be; null for a new user.</param>
    /// <exception cref="UsernameTakenException">Another user has it as name or address.</exception>
    public static async Task ThrowIfTakenAsync(
        ControlPlaneDbContext db, string username, Guid? owner, CancellationToken cancellationToken)
    {
        if (await db.FindUserIdAsync(username, cancellationToken) is { } id && id != owner)
        {
            throw new UsernameTakenException();
        }
    }
}

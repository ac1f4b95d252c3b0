using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Users;

namespace Apc.ControlPlane.Api.Identity.Users;

/// <summary>Names to sign in with. A sign-in names a user by name or address, so neither may be another user's name or address.</summary>
internal static class Usernames
{
    /// <summary>The name as it is stored.</summary>
    /// <exception cref="UsernameInvalidException">It is none.</exception>
    public static string Normalize(string username)
        => PlainText.Normalize(username, EmailAddress.MaxLength) ?? throw new UsernameInvalidException(username);

    /// <summary>
    /// The name for a user with these addresses. One that looks like an address, with whatever character for the <c>@</c>, is one of theirs, and stored as
    /// that address is.
    /// </summary>
    /// <exception cref="UsernameIsAddressException">It looks like another address.</exception>
    public static string Of(string username, IEnumerable<string> addresses)
    {
        var key = NameKey.Of(username);
        return key.Contains('@', StringComparison.Ordinal)
            ? addresses.FirstOrDefault(address => NameKey.Of(address) == key) ?? throw new UsernameIsAddressException()
            : username;
    }

    /// <summary>Refuses a name that means somebody already. The context has begun a transaction under <see cref="Locks.Users"/>.</summary>
    /// <param name="db">The context.</param>
    /// <param name="username">The name.</param>
    /// <param name="owner">The user who may have it already; null for a new one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="UsernameTakenException">It means another user.</exception>
    public static async Task ThrowIfTakenAsync(ControlPlaneDbContext db, string username, Guid? owner, CancellationToken cancellationToken)
    {
        // Somebody's name may be their own address; it is the others that count.
        if (await db.FindUserIdAsync(username, cancellationToken) is { } id && id != owner)
        {
            throw new UsernameTakenException();
        }
    }
}

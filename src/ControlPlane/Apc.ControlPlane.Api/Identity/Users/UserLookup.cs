using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.Users;

/// <summary>Finds users by names and addresses as people type them, whatever their case.</summary>
public static class UserLookup
{
    /// <summary>The user with this address or user name; null if there is none.</summary>
    public static Task<Guid?> FindUserIdAsync(this ControlPlaneDbContext db, string identity, CancellationToken cancellationToken)
        => FindAsync(db, UserSql.IdByEmailOrUsername, identity, cancellationToken);

    /// <summary>
    /// The user who gave this address, verified or not; null if there is none. Not for giving anything to its owner, because the user may
    /// be a stranger who gave another person's address: see <see cref="FindKnownUserIdByEmailAsync"/>.
    /// </summary>
    public static Task<Guid?> FindUserIdByEmailAsync(this ControlPlaneDbContext db, string email, CancellationToken cancellationToken)
        => FindAsync(db, UserSql.IdByEmail, email, cancellationToken);

    /// <summary>
    /// The user to whom this address is known to belong, or for whom it will be verified before they first sign in; null if there is none,
    /// also if a user only gave the address at a sign-up.
    /// </summary>
    public static Task<Guid?> FindKnownUserIdByEmailAsync(this ControlPlaneDbContext db, string email, CancellationToken cancellationToken)
        => FindAsync(db, UserSql.IdByKnownEmail, email, cancellationToken);

    private static async Task<Guid?> FindAsync(ControlPlaneDbContext db, string sql, string identity, CancellationToken cancellationToken)
    {
        identity = identity.Trim();

        // No stored name or address is longer, so a longer one needs no query.
        if (identity.Length > EmailAddress.MaxLength || !PlainText.IsPlain(identity))
        {
            return null;
        }

        var found = await db.Database
            .SqlQueryRaw<Guid>(sql, new Npgsql.NpgsqlParameter<string>("key", NameKey.Of(identity)))
            .ToListAsync(cancellationToken);

        return found.Count == 0 ? null : found[0];
    }
}

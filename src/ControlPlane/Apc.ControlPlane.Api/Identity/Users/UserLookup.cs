using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.Users;

/// <summary>Finds users by what people type.</summary>
public static class UserLookup
{
    /// <summary>The user with this address or user name, however it is spelled; null where there is none.</summary>
    public static Task<Guid?> FindUserIdAsync(this ControlPlaneDbContext db, string identity, CancellationToken cancellationToken)
        => FindAsync(db, UserSql.IdByEmailOrUsername, identity, cancellationToken);

    /// <summary>The user who gave this address, however it is spelled, verified or not: for what is asked of it, or done to it, and never for what is given; null where there is none.</summary>
    public static Task<Guid?> FindUserIdByEmailAsync(this ControlPlaneDbContext db, string email, CancellationToken cancellationToken)
        => FindAsync(db, UserSql.IdByEmail, email, cancellationToken);

    /// <summary>
    /// The user whose address this is known to be, however it is spelled, or will be when they first sign in; null where there is none, or only somebody who
    /// gave it: a stranger, perhaps, who waits for what others mean for its owner.
    /// </summary>
    public static Task<Guid?> FindKnownUserIdByEmailAsync(this ControlPlaneDbContext db, string email, CancellationToken cancellationToken)
        => FindAsync(db, UserSql.IdByKnownEmail, email, cancellationToken);

    private static async Task<Guid?> FindAsync(ControlPlaneDbContext db, string sql, string identity, CancellationToken cancellationToken)
    {
        identity = identity.Trim();

        // Nobody can have a longer one, and a made-up one is not worth the work.
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

using Apc.ControlPlane.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Apc.ControlPlane.Api.Security;

/// <summary>Locks for decisions that rest on more than one row; held until the transaction ends, over all replicas.</summary>
public static class AdvisoryLocks
{
    /// <summary>Who may be a user, and who is the first.</summary>
    public const string Users = "apc users";

    /// <summary>Who is admin of the platform, of a workspace, of a deployment, so that one always stays.</summary>
    public const string Roles = "apc roles";

    /// <summary>Begins a transaction that waits for its turn at this lock.</summary>
    public static async Task<IDbContextTransaction> BeginLockedAsync(
        this ControlPlaneDbContext db, string name, CancellationToken cancellationToken)
    {
        var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        try
        {
            await db.LockAsync(name, cancellationToken);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for its turn at a second lock in the same transaction: at <see cref="Users"/> after <see cref="Roles"/>, never the other way round.</summary>
    public static Task LockAsync(this ControlPlaneDbContext db, string name, CancellationToken cancellationToken)
        => db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext({name}))", cancellationToken);
}

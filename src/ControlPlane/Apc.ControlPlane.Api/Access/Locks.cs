using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Apc.ControlPlane.Api.Access;

/// <summary>A lock over all replicas, held until the transaction ends.</summary>
/// <param name="Order">Who takes several takes them in this order, or two could wait for each other.</param>
/// <param name="Name">What the database knows it by.</param>
public readonly record struct NamedLock(int Order, string Name);

/// <summary>Locks for decisions that rest on more than one row, in the order in which they are taken. Rows come after all of them.</summary>
public static class Locks
{
    /// <summary>Who is admin of the platform, of a workspace, of a deployment, so that one always stays.</summary>
    public static readonly NamedLock Roles = new(1, "apc roles");

    /// <summary>Who may be a user, and who is the first.</summary>
    public static readonly NamedLock Users = new(2, "apc users");

    /// <summary>Begins a transaction that waits for its turn at this lock.</summary>
    public static async Task<IDbContextTransaction> BeginLockedAsync(
        this ControlPlaneDbContext db, NamedLock named, CancellationToken cancellationToken)
    {
        var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        try
        {
            await db.LockAsync(named, cancellationToken);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for its turn at a lock in the transaction that has begun.</summary>
    public static Task LockAsync(this ControlPlaneDbContext db, NamedLock named, CancellationToken cancellationToken)
        => db.Database.ExecuteSqlRawAsync(LockSql.Take, [named.Name], cancellationToken);
}

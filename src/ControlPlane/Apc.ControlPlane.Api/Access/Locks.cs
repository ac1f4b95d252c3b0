using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Apc.ControlPlane.Api.Access;

/// <summary>A lock over all replicas, held until the transaction ends.</summary>
/// <param name="Order">Several locks are taken in ascending order, so that two transactions never wait for each other.</param>
/// <param name="Name">Its name in the database.</param>
public readonly record struct NamedLock(int Order, string Name);

/// <summary>Locks for decisions that rest on several rows, in the order in which they are taken; rows are locked after them.</summary>
public static class Locks
{
    /// <summary>For changes of roles and of teams, so that the platform and each workspace and deployment keep an admin.</summary>
    public static readonly NamedLock Roles = new(1, "apc roles");

    /// <summary>For sign-ups and changes of names, addresses and passwords, so that names stay unique and one user is the first.</summary>
    public static readonly NamedLock Users = new(2, "apc users");

    /// <summary>Begins a transaction and waits for the lock.</summary>
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

    /// <summary>Waits for the lock; the context has begun a transaction, whose end releases it.</summary>
    public static Task LockAsync(this ControlPlaneDbContext db, NamedLock named, CancellationToken cancellationToken)
        => db.Database.ExecuteSqlRawAsync(LockSql.Take, [named.Name], cancellationToken);
}

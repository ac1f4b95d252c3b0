using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

/// <summary>The rows behind service accounts and their keys.</summary>
internal static class ServiceAccountKeys
{
    /// <summary>The row by which a key will be recognized.</summary>
    public static ServiceAccountKey RowFor(this IssuedToken key, Guid accountId, Guid? createdById, DateTimeOffset now) => new()
    {
        PublicId = key.PublicId,
        ServiceAccountId = accountId,
        SecretHash = key.SecretHash,
        CreatedById = createdById,
        CreatedAt = now,
    };

    /// <summary>The person who makes an account or a key: the caller, or who made the service account that is the caller; null where that is not known.</summary>
    public static async Task<Guid?> MakerAsync(this ControlPlaneDbContext db, Caller caller, CancellationToken cancellationToken) => caller.Kind switch
    {
        ActorKind.User => caller.Id,
        ActorKind.ServiceAccount => await db.ServiceAccounts.Where(s => s.Id == caller.Id).Select(s => s.CreatedById).SingleOrDefaultAsync(cancellationToken),
        _ => null,
    };

    /// <summary>Finds the account for a change, and has other changes of it wait until the transaction ends.</summary>
    /// <exception cref="ServiceAccountNotFoundException">There is none, there.</exception>
    /// <exception cref="PermissionDeniedException">The caller may not know whether there is one.</exception>
    public static async Task<ServiceAccount> LockAsync(
        this ControlPlaneDbContext db, ServiceAccountRef wanted, Caller caller, ServiceAccountAction action, CancellationToken cancellationToken)
    {
        var found = await db.ServiceAccountForUpdate(wanted.Id).ToListAsync(cancellationToken);
        return wanted.Checked(found.SingleOrDefault(), caller, action);
    }

    /// <summary>The keys of an account, tracked, newest first.</summary>
    public static Task<List<ServiceAccountKey>> KeysOfAsync(this ControlPlaneDbContext db, Guid accountId, CancellationToken cancellationToken)
        => db.ServiceAccountKeys
            .Where(k => k.ServiceAccountId == accountId)
            .OrderByDescending(k => k.ExpiresAt == null).ThenByDescending(k => k.CreatedAt).ThenBy(k => k.PublicId)
            .ToListAsync(cancellationToken);
}

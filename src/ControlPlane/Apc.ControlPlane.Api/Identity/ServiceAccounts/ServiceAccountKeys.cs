using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

/// <summary>Reads and makes the rows of service accounts and their keys.</summary>
internal static class ServiceAccountKeys
{
    public static ServiceAccountKey RowFor(this IssuedToken key, Guid accountId, Guid? createdById, DateTimeOffset now) => new()
    {
        PublicId = key.PublicId,
        ServiceAccountId = accountId,
        SecretHash = key.SecretHash,
        CreatedById = createdById,
        CreatedAt = now,
    };

    /// <summary>The user who makes an account or key: the caller, or the maker of the calling service account; null if not known.</summary>
    public static async Task<Guid?> MakerAsync(this ControlPlaneDbContext db, Caller caller, CancellationToken cancellationToken)
        => caller.Kind switch
        {
            ActorKind.User => caller.Id,
            ActorKind.ServiceAccount => await db.ServiceAccounts
                .Where(s => s.Id == caller.Id)
                .Select(s => s.CreatedById)
                .SingleOrDefaultAsync(cancellationToken),
            _ => null,
        };

    /// <summary>Reads the account for a change, and locks its row against other changes until the transaction ends.</summary>
    /// <exception cref="ServiceAccountNotFoundException">There is no such account in the named entity.</exception>
    /// <exception cref="PermissionDeniedException">The caller may not know whether there is such an account.</exception>
    public static async Task<ServiceAccount> LockAsync(
        this ControlPlaneDbContext db,
        ServiceAccountRef wanted,
        Caller caller,
        ServiceAccountAction action,
        CancellationToken cancellationToken)
    {
        var found = await db.ServiceAccountForUpdate(wanted.Id).ToListAsync(cancellationToken);
        return wanted.Checked(found.SingleOrDefault(), caller, action);
    }

    /// <summary>The keys of an account, tracked, newest first.</summary>
    public static Task<List<ServiceAccountKey>> KeysOfAsync(
        this ControlPlaneDbContext db, Guid accountId, CancellationToken cancellationToken)
        => db.ServiceAccountKeys
            .Where(k => k.ServiceAccountId == accountId)
            .OrderByDescending(k => k.ExpiresAt == null).ThenByDescending(k => k.CreatedAt).ThenBy(k => k.PublicId)
            .ToListAsync(cancellationToken);
}

internal static class ServiceAccountQuotas
{
    /// <summary>Counts a new key of an account of the workspace; counts nothing for null, an account of another kind.</summary>
    /// <exception cref="QuotaExceededException">Too many accounts and keys were made in the workspace.</exception>
    public static async Task SpendKeyAsync(this QuotaCounter quotas, Guid? workspaceId, Caller caller, CancellationToken cancellationToken)
    {
        if (workspaceId is { } id)
        {
            await quotas.SpendAsync([new QuotaUse(QuotaTable.ServiceAccountByWorkspace, QuotaKeys.Of(id))], caller, cancellationToken);
        }
    }
}

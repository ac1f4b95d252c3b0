using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Common;
using Apc.ControlPlane.Data;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

/// <summary>Loads service accounts by id: one database query for all the ids of one level.</summary>
public sealed class ServiceAccountByIdDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts)
    : DatabaseLoader<Guid, ServiceAccountRow>(contexts)
{
    protected override Task<Dictionary<Guid, ServiceAccountRow>> ReadAsync(
        ControlPlaneDbContext db, IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
        => db.ServiceAccounts.AsNoTracking()
            .Where(s => keys.Contains(s.Id))
            .WithNewestKey(db)
            .ToDictionaryAsync(f => f.Account.Id, f => ServiceAccountRow.Of(f.Account, f.PublicId), cancellationToken);
}

/// <summary>Loads the keys of service accounts, newest first: one database query for all the accounts of one level.</summary>
public sealed class ServiceAccountKeysByAccountDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts)
    : DatabaseListLoader<Guid, ServiceAccountKeyRow>(contexts)
{
    protected override async Task<IEnumerable<(Guid Key, ServiceAccountKeyRow Value)>> ReadAsync(
        ControlPlaneDbContext db, IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        var found = await db.ServiceAccountKeys.AsNoTracking()
            .Where(k => keys.Contains(k.ServiceAccountId))
            .OrderByDescending(k => k.ExpiresAt == null).ThenByDescending(k => k.CreatedAt).ThenBy(k => k.PublicId)
            .ToListAsync(cancellationToken);
        return found.Select(k => (k.ServiceAccountId, new ServiceAccountKeyRow(k)));
    }
}

/// <summary>
/// Loads the service accounts of workspaces, and of their deployments, that have a key whose maker may no longer do what the key can,
/// newest first: in a few queries for all the workspaces of one level.
/// </summary>
public sealed class ServiceAccountsToReviewDataLoader(
    IDbContextFactory<ControlPlaneDbContext> contexts, HeldPermissions permissions, TimeProvider clock)
    : DatabaseListLoader<Guid, ServiceAccountRow>(contexts)
{
    protected override async Task<IEnumerable<(Guid Key, ServiceAccountRow Value)>> ReadAsync(
        ControlPlaneDbContext db, IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var made = await (
            from account in db.ServiceAccounts
            let workspace = account.WorkspaceId
                ?? db.Deployments.Where(d => d.Id == account.DeploymentId).Select(d => (Guid?)d.WorkspaceId).FirstOrDefault()
            where workspace != null && keys.Contains(workspace.Value)
            from key in db.ServiceAccountKeys.Where(k => k.ServiceAccountId == account.Id && (k.ExpiresAt == null || k.ExpiresAt > now))
            select new { Workspace = workspace!.Value, Account = account.Id, MadeBy = key.CreatedById }).ToListAsync(cancellationToken);

        var makers = await permissions.OfUsersAsync(db, [.. made.Select(m => m.MadeBy).OfType<Guid>().Distinct()], cancellationToken);
        var grants = await permissions.GrantsOfServiceAccountsAsync(db, [.. made.Select(m => m.Account).Distinct()], cancellationToken);

        // Keys without a recorded maker, which are older than that column, are left out.
        var uncovered = made
            .Where(m => m.MadeBy is { } maker && !ServiceAccountReview.Covers(makers.GetValueOrDefault(maker), grants[m.Account]))
            .Select(m => (m.Workspace, m.Account))
            .Distinct()
            .ToList();
        var ids = uncovered.Select(u => u.Account).ToArray();
        var rows = await db.ServiceAccounts.AsNoTracking()
            .Where(s => ids.Contains(s.Id))
            .WithNewestKey(db)
            .ToDictionaryAsync(f => f.Account.Id, f => ServiceAccountRow.Of(f.Account, f.PublicId), cancellationToken);
        return uncovered.OrderByDescending(u => u.Account).Select(u => (u.Workspace, rows[u.Account]));
    }
}

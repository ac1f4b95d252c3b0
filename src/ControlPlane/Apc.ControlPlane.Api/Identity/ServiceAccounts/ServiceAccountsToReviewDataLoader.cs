using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Data;
using Apc.GraphQL.Execution.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

/// <summary>Loads the service accounts of workspaces and of their deployments that have a key whose maker may not do what it can: in a few queries for all the workspaces of one level.</summary>
public sealed class ServiceAccountsToReviewDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts, HeldPermissions permissions, TimeProvider clock)
    : BatchDataLoader<Guid, IReadOnlyList<ServiceAccountRow>>
{
    protected override async Task<IReadOnlyDictionary<Guid, IReadOnlyList<ServiceAccountRow>>> LoadBatchAsync(
        IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var made = await (
            from account in db.ServiceAccounts
            let workspace = account.WorkspaceId ?? db.Deployments.Where(d => d.Id == account.DeploymentId).Select(d => (Guid?)d.WorkspaceId).FirstOrDefault()
            where workspace != null && keys.Contains(workspace.Value)
            from key in db.ServiceAccountKeys.Where(k => k.ServiceAccountId == account.Id && (k.ExpiresAt == null || k.ExpiresAt > now))
            select new { Workspace = workspace!.Value, Account = account.Id, MadeBy = key.CreatedById }).ToListAsync(cancellationToken);

        var makers = await permissions.OfUsersAsync(db, [.. made.Select(m => m.MadeBy).OfType<Guid>().Distinct()], cancellationToken);
        var grants = await permissions.GrantsOfServiceAccountsAsync(db, [.. made.Select(m => m.Account).Distinct()], cancellationToken);

        // Of keys that are older than the record of their makers nobody knows better.
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

        return uncovered.GroupBy(u => u.Workspace).ToDictionary(
            g => g.Key, IReadOnlyList<ServiceAccountRow> (g) => [.. g.Select(u => rows[u.Account]).OrderByDescending(a => a.Id)]);
    }
}

using Apc.ControlPlane.Data;
using Apc.GraphQL.Execution.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

/// <summary>Loads service accounts by id: one database query for all the ids of one level.</summary>
public sealed class ServiceAccountByIdDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts)
    : BatchDataLoader<Guid, ServiceAccountRow>
{
    protected override async Task<IReadOnlyDictionary<Guid, ServiceAccountRow>> LoadBatchAsync(
        IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.ServiceAccounts.AsNoTracking()
            .Where(s => keys.Contains(s.Id))
            .WithNewestKey(db)
            .ToDictionaryAsync(f => f.Account.Id, f => ServiceAccountRow.Of(f.Account, f.PublicId), cancellationToken);
    }
}

/// <summary>Loads the keys of service accounts, newest first: one database query for all the accounts of one level.</summary>
public sealed class ServiceAccountKeysByAccountDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts)
    : BatchDataLoader<Guid, IReadOnlyList<ServiceAccountKeyRow>>
{
    protected override async Task<IReadOnlyDictionary<Guid, IReadOnlyList<ServiceAccountKeyRow>>> LoadBatchAsync(
        IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await db.ServiceAccountKeys.AsNoTracking()
            .Where(k => keys.Contains(k.ServiceAccountId))
            .OrderByDescending(k => k.ExpiresAt == null).ThenByDescending(k => k.CreatedAt).ThenBy(k => k.PublicId)
            .ToListAsync(cancellationToken);

        return found.GroupBy(k => k.ServiceAccountId)
            .ToDictionary(g => g.Key, IReadOnlyList<ServiceAccountKeyRow> (g) => [.. g.Select(ServiceAccountKeyRow.Of)]);
    }
}

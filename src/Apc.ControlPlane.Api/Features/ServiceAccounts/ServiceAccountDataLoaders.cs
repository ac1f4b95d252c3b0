using Apc.ControlPlane.Data;
using Apc.GraphQL.Execution.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Features.ServiceAccounts;

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
            .ToDictionaryAsync(s => s.Id, ServiceAccountRow.Of, cancellationToken);
    }
}

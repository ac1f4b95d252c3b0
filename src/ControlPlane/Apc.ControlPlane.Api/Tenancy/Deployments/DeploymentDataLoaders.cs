using Apc.ControlPlane.Data;
using Apc.GraphQL.Execution.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Tenancy.Deployments;

/// <summary>Loads deployments by id, those that live: one database query for all the ids of one level.</summary>
public sealed class DeploymentByIdDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts) : BatchDataLoader<Guid, DeploymentRow>
{
    protected override async Task<IReadOnlyDictionary<Guid, DeploymentRow>> LoadBatchAsync(
        IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Deployments.AsNoTracking()
            .Where(d => keys.Contains(d.Id) && d.DeletedAt == null)
            .ToDictionaryAsync(d => d.Id, DeploymentRow.Of, cancellationToken);
    }
}

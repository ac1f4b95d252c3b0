using Apc.ControlPlane.Data;
using Apc.GraphQL.Execution.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Features.Workspaces;

/// <summary>Loads workspaces by id: one database query for all the ids of one level.</summary>
public sealed class WorkspaceByIdDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts) : BatchDataLoader<Guid, WorkspaceRow>
{
    protected override async Task<IReadOnlyDictionary<Guid, WorkspaceRow>> LoadBatchAsync(
        IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Workspaces.AsNoTracking().Where(w => keys.Contains(w.Id)).ToDictionaryAsync(w => w.Id, WorkspaceRow.Of, cancellationToken);
    }
}

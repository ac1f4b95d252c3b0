using Apc.ControlPlane.Api.Common;
using Apc.ControlPlane.Data;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Tenancy.Deployments;

/// <summary>Loads deployments that are not deleted by id: one database query for all the ids of one level.</summary>
public sealed class DeploymentByIdDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts)
    : DatabaseLoader<Guid, DeploymentRow>(contexts)
{
    protected override Task<Dictionary<Guid, DeploymentRow>> ReadAsync(
        ControlPlaneDbContext db, IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
        => db.Deployments.AsNoTracking()
            .Where(d => keys.Contains(d.Id) && d.DeletedAt == null)
            .ToDictionaryAsync(d => d.Id, DeploymentRow.Of, cancellationToken);
}

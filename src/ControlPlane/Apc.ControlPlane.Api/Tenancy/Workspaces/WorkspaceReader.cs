using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

/// <summary>Reads workspaces. Lists are in the order of ids, which grow with time, so a page can start after any id.</summary>
public sealed class WorkspaceReader(IDbContextFactory<ControlPlaneDbContext> contexts)
{
    /// <summary>Most workspaces of one answer.</summary>
    public const int MaxTake = 100;

    /// <exception cref="WorkspaceNotFoundException">There is none with this id.</exception>
    public async Task<WorkspaceRow> GetAsync(Guid? id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var workspace = await db.Workspaces.AsNoTracking().SingleOrDefaultAsync(w => w.Id == id, cancellationToken);
        return WorkspaceRow.Of(workspace ?? throw new WorkspaceNotFoundException());
    }

    /// <summary>The existing ones of these workspaces.</summary>
    /// <param name="label">Only the workspace with this label, whatever its case; null for all.</param>
    public async Task<IReadOnlyList<WorkspaceRow>> ListAsync(
        IReadOnlyCollection<Guid> ids, string? label, int skip, int take, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var known = ids.ToArray();
        var key = label is null ? null : NameKey.Of(label.Trim());
        return await ListAsync(
            all => all.Where(w => known.Contains(w.Id) && (key == null || w.LabelKey == key)), skip, take, cancellationToken);
    }

    /// <summary>A page of all workspaces.</summary>
    /// <param name="after">The last workspace of the page before; null for the first page.</param>
    public Task<IReadOnlyList<WorkspaceRow>> ListAllAsync(Guid? after, int take, CancellationToken cancellationToken)
        => ListAsync(all => after is { } last ? all.Where(w => w.Id > last) : all, skip: 0, take, cancellationToken);

    private async Task<IReadOnlyList<WorkspaceRow>> ListAsync(
        Func<IQueryable<Workspace>, IQueryable<Workspace>> narrow, int skip, int take, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var workspaces = await narrow(db.Workspaces.AsNoTracking()).OrderBy(w => w.Id).Skip(skip).Take(take).ToListAsync(cancellationToken);
        return [.. workspaces.Select(WorkspaceRow.Of)];
    }
}

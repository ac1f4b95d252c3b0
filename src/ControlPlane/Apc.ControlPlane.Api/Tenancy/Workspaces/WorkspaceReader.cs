using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

/// <summary>Lists workspaces, oldest first: ids grow with time, so their order is that of making, and a page can start after one of them.</summary>
public sealed class WorkspaceReader(IDbContextFactory<ControlPlaneDbContext> contexts)
{
    /// <summary>Most workspaces of one answer.</summary>
    public const int MaxTake = 100;

    /// <summary>The workspace with this id.</summary>
    /// <exception cref="WorkspaceNotFoundException">There is none.</exception>
    public async Task<WorkspaceRow> GetAsync(Guid? id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return WorkspaceRow.Of(
            await db.Workspaces.AsNoTracking().SingleOrDefaultAsync(w => w.Id == id, cancellationToken) ?? throw new WorkspaceNotFoundException());
    }

    /// <summary>Those of these workspaces that are there, and have this label where one is given.</summary>
    /// <param name="ids">The workspaces.</param>
    /// <param name="label">The whole label, however it is spelled; null for any.</param>
    /// <param name="skip">Workspaces to leave out.</param>
    /// <param name="take">Most workspaces to answer with.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task<IReadOnlyList<WorkspaceRow>> ListAsync(
        IReadOnlyCollection<Guid> ids, string? label, int skip, int take, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var known = ids.ToArray();
        var key = label is null ? null : NameKey.Of(label.Trim());
        return await ListAsync(all => all.Where(w => known.Contains(w.Id) && (key == null || w.LabelKey == key)), skip, take, cancellationToken);
    }

    /// <summary>All workspaces that were made after this one.</summary>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    /// <param name="take">Most workspaces to answer with.</param>
    /// <param name="cancellationToken">Ends the look.</param>
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

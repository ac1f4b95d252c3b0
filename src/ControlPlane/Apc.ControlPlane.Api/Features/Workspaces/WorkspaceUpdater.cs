using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Configurations;
using Apc.ControlPlane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Features.Workspaces;

/// <summary>Changes what a workspace is called and what is said of it.</summary>
public sealed class WorkspaceUpdater(IDbContextFactory<ControlPlaneDbContext> contexts, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Changes the workspace; what it says already leaves no trace.</summary>
    /// <exception cref="WorkspaceNotFoundException">There is none with this id.</exception>
    /// <exception cref="WorkspaceLabelTakenException">Another workspace has the label.</exception>
    public async Task<Workspace> UpdateAsync(Guid? id, WorkspaceChange change, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var workspace = await db.Workspaces.SingleOrDefaultAsync(w => w.Id == id, cancellationToken) ?? throw new WorkspaceNotFoundException();
        var before = Shown(workspace);
        workspace.Label = change.Label ?? workspace.Label;
        workspace.Description = change.Description.HasValue ? change.Description.Value : workspace.Description;

        if (db.Entry(workspace).State is EntityState.Unchanged)
        {
            return workspace;
        }

        workspace.UpdatedAt = clock.GetUtcNow();
        var row = audit.Add(db, caller, new AuditedChange("workspace.update", "workspace")
        {
            Operation = "updateWorkspace",
            EntityId = workspace.Id,
            EntityName = workspace.Label,
            Before = before,
            After = Shown(workspace),
        });

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation(WorkspaceConfiguration.UniqueLabel))
        {
            throw new WorkspaceLabelTakenException();
        }
        catch (DbUpdateConcurrencyException)
        {
            // It was deleted meanwhile.
            throw new WorkspaceNotFoundException();
        }

        audit.Announce(row);
        return workspace;
    }

    private static object Shown(Workspace workspace) => new { workspace.Label, workspace.Description };
}

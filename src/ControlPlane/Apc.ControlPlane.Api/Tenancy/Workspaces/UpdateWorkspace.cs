using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

/// <summary>Changes what a workspace is called and what is said of it.</summary>
public sealed class UpdateWorkspace(Changes changes, TimeProvider clock)
{
    /// <summary>Changes the workspace; what it says already leaves no trace.</summary>
    /// <exception cref="WorkspaceNotFoundException">There is none with this id.</exception>
    /// <exception cref="WorkspaceLabelTakenException">Another workspace has the label.</exception>
    public Task<Workspace> RunAsync(Guid? id, WorkspaceChange wanted, Caller caller, CancellationToken cancellationToken)
        => changes.RunAsync(caller, async change =>
        {
            var workspace = await change.Db.Workspaces.SingleOrDefaultAsync(w => w.Id == id, cancellationToken) ?? throw new WorkspaceNotFoundException();
            var before = Shown(workspace);
            workspace.Label = wanted.Label ?? workspace.Label;
            workspace.Description = wanted.Description.HasValue ? wanted.Description.Value : workspace.Description;

            if (change.Db.Entry(workspace).State is not EntityState.Unchanged)
            {
                workspace.UpdatedAt = clock.GetUtcNow();
                change.Audit(new AuditedChange("workspace.update", "workspace")
                {
                    EntityId = workspace.Id,
                    EntityName = workspace.Label,
                    Before = before,
                    After = Shown(workspace),
                });
            }

            return workspace;
        }, cancellationToken);

    private static object Shown(Workspace workspace) => new { workspace.Label, workspace.Description };
}

using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;
using Apc.ControlPlane.Domain.Workspaces;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

public sealed class CreateWorkspace(Changes changes, TimeProvider clock)
{
    /// <summary>Makes a workspace. The caller, user or service account, becomes its admin and keeps all other roles.</summary>
    /// <exception cref="WorkspaceLabelInvalidException">The label cannot be stored.</exception>
    /// <exception cref="WorkspaceDescriptionInvalidException">The description cannot be stored.</exception>
    /// <exception cref="WorkspaceLabelTakenException">Another workspace has the label.</exception>
    public async Task<Workspace> RunAsync(string label, string? description, Caller caller, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var workspace = new Workspace
        {
            Id = Guid.CreateVersion7(now),
            Label = WorkspaceText.Label(label) ?? throw new WorkspaceLabelInvalidException(label),
            Description = description is null
                ? null
                : WorkspaceText.Description(description) ?? throw new WorkspaceDescriptionInvalidException(description),
            CreatedAt = now,
            UpdatedAt = now,
        };

        return await changes.RunAsync(caller, [Locks.Roles], change =>
        {
            change.Db.Workspaces.Add(workspace);
            change.AddBinding(new RoleBinding
            {
                Id = Guid.CreateVersion7(now),
                Role = RoleNames.WorkspaceAdmin,
                UserId = caller.Kind == ActorKind.User ? caller.Id : null,
                ServiceAccountId = caller.Kind == ActorKind.ServiceAccount ? caller.Id : null,
                WorkspaceId = workspace.Id,
                CreatedAt = now,
            });

            // The row has the role too, so it needs no row of its own.
            change.Audit(new AuditedChange("workspace.create", "workspace", workspace.Id, workspace.Label)
            {
                After = new { workspace.Label, workspace.Description, Role = RoleNames.WorkspaceAdmin },
            });
            change.AffectsCallers = true;
            return Task.FromResult(workspace);
        }, cancellationToken);
    }
}

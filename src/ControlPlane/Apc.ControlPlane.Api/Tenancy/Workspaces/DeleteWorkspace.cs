using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Clusters;
using Apc.ControlPlane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

/// <summary>Deletes workspaces, with the roles, invitations and service accounts in them.</summary>
/// <remarks>Nothing else is lost: as long as a row of a deployment needs the workspace, or a cluster is reserved for it alone, it stays.</remarks>
public sealed class DeleteWorkspace(Changes changes, TimeProvider clock)
{
    /// <summary>Deletes the workspace, and answers with what it was.</summary>
    /// <exception cref="WorkspaceNotFoundException">There is none with this id.</exception>
    /// <exception cref="WorkspaceHasDeploymentsException">Deployments belong to it.</exception>
    /// <exception cref="WorkspaceHasClustersException">A cluster is reserved for it alone.</exception>
    public Task<Workspace> RunAsync(Guid? id, Caller caller, CancellationToken cancellationToken)

        // In turn with those who give and take roles and invitations: they hold rows that go with the workspace, and would wait for it.
        => changes.RunAsync(caller, [Locks.Roles, Locks.Users], async change =>
        {
            // Locked against deployments that would be made in it, and clusters that would be reserved for it, in the meantime.
            var workspace = await change.Db.WorkspaceForUpdate(id).SingleOrDefaultAsync(cancellationToken) ?? throw new WorkspaceNotFoundException();

            await ThrowIfHasDeploymentsAsync(change.Db, workspace.Id, cancellationToken);
            await ReleaseClustersAsync(change, workspace.Id, cancellationToken);
            change.Db.Workspaces.Remove(workspace);
            change.AffectsCallers = true;
            change.Audit(new AuditedChange("workspace.delete", "workspace")
            {
                EntityId = workspace.Id,
                EntityName = workspace.Label,
                Before = new { workspace.Label, workspace.Description },
            });
            return workspace;
        }, cancellationToken);

    private static async Task ThrowIfHasDeploymentsAsync(ControlPlaneDbContext db, Guid id, CancellationToken cancellationToken)
    {
        var isDeleted = await db.Deployments.Where(d => d.WorkspaceId == id).Select(d => d.DeletedAt != null).ToListAsync(cancellationToken);

        if (isDeleted.Count > 0)
        {
            var restorable = isDeleted.Count(deleted => deleted);
            throw new WorkspaceHasDeploymentsException(isDeleted.Count - restorable, restorable);
        }
    }

    /// <summary>Takes the workspace off the clusters that are reserved for it and for others.</summary>
    private async Task ReleaseClustersAsync(Change change, Guid id, CancellationToken cancellationToken)
    {
        // The narrow rows are what writers of clusters wait for.
        await change.Db.LockObservationsAsync(id, cancellationToken);
        var clusters = await change.Db.Clusters.Where(c => c.WorkspaceIds.Contains(id)).OrderBy(c => c.Name).ToListAsync(cancellationToken);

        if (clusters.Where(c => c.WorkspaceIds is [_]).Select(c => c.Name).ToArray() is not [] and var onlyForIt)
        {
            throw new WorkspaceHasClustersException(onlyForIt);
        }

        clusters.ForEach(cluster => Release(change, cluster, id));
    }

    private void Release(Change change, Cluster cluster, Guid id)
    {
        var before = cluster.WorkspaceIds;
        cluster.WorkspaceIds = [.. before.Where(other => other != id)];
        cluster.UpdatedAt = clock.GetUtcNow();
        change.Audit(new AuditedChange("cluster.update", "cluster")
        {
            EntityId = cluster.Id,
            EntityName = cluster.Name,
            Before = new { WorkspaceIds = before },
            After = new { cluster.WorkspaceIds },
        });
    }
}

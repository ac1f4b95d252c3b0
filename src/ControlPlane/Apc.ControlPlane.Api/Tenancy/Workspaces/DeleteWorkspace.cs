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
public sealed class DeleteWorkspace(Changes changes, TimeProvider clock)
{
    /// <summary>Deletes the workspace, and returns its last state.</summary>
    /// <exception cref="WorkspaceNotFoundException">There is none with this id.</exception>
    /// <exception cref="WorkspaceHasDeploymentsException">Deployments belong to it.</exception>
    /// <exception cref="WorkspaceHasClustersException">A cluster is reserved for it alone.</exception>
    public Task<Workspace> RunAsync(Guid? id, Caller caller, CancellationToken cancellationToken)

        // Under the locks of roles and invitations: a change of these locks rows that are deleted with the workspace, and could wait for
        // it.
        => changes.RunAsync(caller, [Locks.Roles, Locks.Users], async change =>
        {
            // The lock of the row keeps deployments from being made in it, and clusters from being reserved for it, until the commit.
            var workspace = await change.Db.WorkspaceForUpdate(id).SingleOrDefaultAsync(cancellationToken)
                ?? throw new WorkspaceNotFoundException();

            await ThrowIfHasDeploymentsAsync(change.Db, workspace.Id, cancellationToken);
            await ReleaseClustersAsync(change, workspace.Id, cancellationToken);
            change.Db.Workspaces.Remove(workspace);
            change.AffectsCallers = true;
            change.Audit(new AuditedChange("workspace.delete", "workspace", workspace.Id, workspace.Label)
            {
                Before = new { workspace.Label, workspace.Description },
            });
            return workspace;
        }, cancellationToken);

    private static async Task ThrowIfHasDeploymentsAsync(ControlPlaneDbContext db, Guid id, CancellationToken cancellationToken)
    {
        var isDeleted = await db.Deployments
            .Where(d => d.WorkspaceId == id)
            .Select(d => d.DeletedAt != null)
            .ToListAsync(cancellationToken);

        if (isDeleted.Count > 0)
        {
            var restorable = isDeleted.Count(deleted => deleted);
            throw new WorkspaceHasDeploymentsException(isDeleted.Count - restorable, restorable);
        }
    }

    /// <summary>Removes the workspace from the clusters that are reserved for it and others.</summary>
    private async Task ReleaseClustersAsync(Change change, Guid id, CancellationToken cancellationToken)
    {
        // Writers of clusters wait for these narrow rows, not for the clusters.
        await change.Db.LockObservationsAsync(id, cancellationToken);
        var clusters = await change.Db.Clusters
            .Where(c => c.WorkspaceIds.Contains(id))
            .OrderBy(c => c.Name)
            .ToListAsync(cancellationToken);

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
        change.Audit(new AuditedChange("cluster.update", "cluster", cluster.Id, cluster.Name)
        {
            Before = new { WorkspaceIds = before },
            After = new { cluster.WorkspaceIds },
        });
    }
}

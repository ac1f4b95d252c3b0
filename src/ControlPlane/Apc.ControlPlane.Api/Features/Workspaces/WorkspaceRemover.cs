using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Audits;
using Apc.ControlPlane.Domain.Clusters;
using Apc.ControlPlane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Features.Workspaces;

/// <summary>Deletes workspaces, with the roles, invitations and service accounts in them.</summary>
/// <remarks>Nothing else is lost: as long as a row of a deployment needs the workspace, or a cluster is reserved for it alone, it stays.</remarks>
public sealed class WorkspaceRemover(
    IDbContextFactory<ControlPlaneDbContext> contexts, TokenVerifier verifier, AuditTrail audit, TimeProvider clock)
{
    private const string Operation = "deleteWorkspace";

    /// <summary>Deletes the workspace, and answers with what it was.</summary>
    /// <exception cref="WorkspaceNotFoundException">There is none with this id.</exception>
    /// <exception cref="WorkspaceHasDeploymentsException">Deployments belong to it.</exception>
    /// <exception cref="WorkspaceHasClustersException">A cluster is reserved for it alone.</exception>
    public async Task<Workspace> DeleteAsync(Guid? id, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // In turn with those who give and take roles and invitations: they hold rows that go with the workspace, and would wait for it.
        await using var transaction = await db.BeginLockedAsync(AdvisoryLocks.Roles, cancellationToken);
        await db.LockAsync(AdvisoryLocks.Users, cancellationToken);

        // Locked against deployments that would be made in it, and clusters that would be reserved for it, in the meantime.
        var workspace = await db.Workspaces
            .FromSql($"select * from houston$default.\"Workspace\" where id = {id} for update")
            .SingleOrDefaultAsync(cancellationToken) ?? throw new WorkspaceNotFoundException();

        await ThrowIfHasDeploymentsAsync(db, workspace.Id, cancellationToken);
        var rows = await ReleaseClustersAsync(db, workspace.Id, caller, cancellationToken);
        db.Workspaces.Remove(workspace);
        rows.Add(audit.Add(db, caller, new AuditedChange("workspace.delete", "workspace")
        {
            Operation = Operation,
            EntityId = workspace.Id,
            EntityName = workspace.Label,
            Before = new { workspace.Label, workspace.Description },
        }));

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        verifier.ForgetAll();
        rows.ForEach(audit.Announce);
        return workspace;
    }

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
    private async Task<List<AuditLog>> ReleaseClustersAsync(ControlPlaneDbContext db, Guid id, Caller caller, CancellationToken cancellationToken)
    {
        // The narrow rows are what writers of clusters wait for.
        await db.Database.ExecuteSqlAsync(
            $"""
             select 1 from houston$default."ClusterObservation" o
             where exists (select from houston$default."Cluster" c where c.id = o."clusterId" and {id} = any(c."workspaceIds"))
             order by o."clusterId" for update
             """,
            cancellationToken);
        var clusters = await db.Clusters.Where(c => c.WorkspaceIds.Contains(id)).OrderBy(c => c.Name).ToListAsync(cancellationToken);
        var onlyForIt = clusters.Where(c => c.WorkspaceIds is [_]).Select(c => c.Name).ToArray();

        return onlyForIt.Length > 0
            ? throw new WorkspaceHasClustersException(onlyForIt)
            : [.. clusters.Select(cluster => Release(db, cluster, id, caller))];
    }

    private AuditLog Release(ControlPlaneDbContext db, Cluster cluster, Guid id, Caller caller)
    {
        var before = cluster.WorkspaceIds;
        cluster.WorkspaceIds = [.. before.Where(other => other != id)];
        cluster.UpdatedAt = clock.GetUtcNow();

        return audit.Add(db, caller, new AuditedChange("cluster.update", "cluster")
        {
            Operation = Operation,
            EntityId = cluster.Id,
            EntityName = cluster.Name,
            Before = new { WorkspaceIds = before },
            After = new { cluster.WorkspaceIds },
        });
    }
}

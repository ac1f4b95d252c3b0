using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Fleet.Clusters;

/// <summary>Deregisters a data plane.</summary>
public sealed class DeregisterCluster(Changes changes)
{
    /// <summary>Deletes a cluster with its history. The data plane itself stays as it is and can be registered again.</summary>
    /// <returns>The name that it had.</returns>
    /// <exception cref="ClusterNotFoundException">There is no such cluster.</exception>
    /// <exception cref="ClusterHasDeploymentsException">Deployments are still on it.</exception>
    public Task<string> RunAsync(Guid id, Caller caller, CancellationToken cancellationToken)
        => changes.RunAsync(caller, async change =>
        {
            var db = change.Db;

            if (await db.TakeNumberAsync(id, cancellationToken) is null)
            {
                throw new ClusterNotFoundException();
            }

            // Locked so that no deployment is made on the cluster in the meantime.
            var cluster = await db.ClusterForUpdate(id).SingleAsync(cancellationToken);
            var deployments = await db.Deployments.CountAsync(d => d.ClusterId == id && d.DeletedAt == null, cancellationToken);

            if (deployments > 0)
            {
                throw new ClusterHasDeploymentsException(deployments);
            }

            db.Clusters.Remove(cluster);
            change.Audit(ClusterAudit.Change("cluster.deregister", cluster) with { Before = ClusterAudit.Shown(cluster) });
            return cluster.Name;
        }, cancellationToken);
}

/// <summary>A cluster that is no longer registered.</summary>
/// <param name="Id">The id it had.</param>
/// <param name="Name">The name it had.</param>
public sealed record ClusterRef(Guid Id, string Name);

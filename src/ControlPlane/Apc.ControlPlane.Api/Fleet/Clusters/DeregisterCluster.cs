using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Fleet.Clusters;

/// <summary>Takes a data plane from the control plane.</summary>
public sealed class DeregisterCluster(Changes changes)
{
    /// <summary>Forgets a cluster with its history; the data plane itself is left alone and can be registered again.</summary>
    /// <returns>What it was called.</returns>
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

            // Locked against a deployment that would be made on the cluster in the meantime.
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
/// <param name="Name">What it was called.</param>
public sealed record ClusterRef(Guid Id, string Name);

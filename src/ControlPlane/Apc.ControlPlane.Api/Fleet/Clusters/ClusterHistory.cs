using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain.Clusters;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Fleet.Clusters;

/// <summary>What every change of a status adds, in the transaction of the change: a transition and one event.</summary>
internal static class ClusterHistory
{
    /// <summary>Waits for other writers of this cluster, then takes the next decision number. Needs a transaction.</summary>
    /// <returns>The number; null if there is no such cluster.</returns>
    /// <remarks>All writers lock the narrow row before the wide one, so that no two deadlock.</remarks>
    public static async Task<long?> TakeNumberAsync(this ControlPlaneDbContext db, Guid clusterId, CancellationToken cancellationToken)
    {
        var observation = await db.ObservationForUpdate(clusterId).SingleOrDefaultAsync(cancellationToken);

        if (observation is null)
        {
            return null;
        }

        observation.Number = await db.NextNumberAsync(cancellationToken);
        return observation.Number;
    }

    /// <summary>The next decision number.</summary>
    public static async Task<long> NextNumberAsync(this ControlPlaneDbContext db, CancellationToken cancellationToken)
        => (await db.Database.SqlQueryRaw<long>(ReconcileSql.TakeNumber).ToListAsync(cancellationToken))[0];

    /// <summary>Adds the transition that led to the cluster's status, and its event.</summary>
    public static void AddTransition(
        this ControlPlaneDbContext db,
        Cluster cluster,
        ClusterStatus? from,
        long number,
        StatusCause cause,
        string? actor,
        DateTimeOffset now)
    {
        var transition = new ClusterStatusTransition
        {
            Id = Guid.CreateVersion7(now),
            ClusterId = cluster.Id,
            Number = number,
            From = from,
            To = cluster.Status,
            Reason = cluster.StatusReason,
            Cause = cause,
            Actor = actor,
            At = now,
        };

        db.ClusterStatusTransitions.Add(transition);
        db.OutboxEvents.Add(new OutboxEvent
        {
            Kind = OutboxEvent.StatusChanged,
            ClusterId = cluster.Id,
            TransitionId = transition.Id,
            At = now,
        });
    }
}

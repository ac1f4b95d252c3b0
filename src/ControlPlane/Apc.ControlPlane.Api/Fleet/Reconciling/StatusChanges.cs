using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Domain.Audits;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Fleet.Reconciling;

/// <summary>Counts and logs changes of status once they are stored; those that somebody asked for, in the way of every audited change.</summary>
public sealed partial class StatusChanges(AuditTrail audit, ClusterMetrics metrics, TimeProvider clock, ILogger<StatusChanges> logger)
{
    public void Announce(StoredTransition transition, ChangeOrigin origin)
    {
        metrics.Changed(transition.To, origin.Cause);
        LogTransition(transition.Name, transition.ClusterId, transition.To, transition.Code.Text().Name);

        // Nobody caused what a sweep found.
        if (origin.Cause is not StatusCause.Schedule)
        {
            audit.Announce(new AuditLog
            {
                Id = transition.AuditId,
                At = clock.GetUtcNow(),
                ActorKind = origin.ActorKind,
                ActorId = origin.ActorId,
                ActorName = origin.ActorName,
                TokenId = origin.TokenId,
                Address = origin.Address,
                RequestId = origin.RequestId,
                Action = "cluster.update",
                Operation = origin.Operation,
                EntityType = "cluster",
                EntityId = transition.ClusterId.ToString(),
                EntityName = transition.Name,
                Outcome = AuditOutcome.Success,
            });
        }
    }

    [LoggerMessage(LogLevel.Information, "Cluster {Name} ({ClusterId}) is {Status} now: {Code}.")]
    private partial void LogTransition(string name, Guid clusterId, ClusterStatus status, string code);
}

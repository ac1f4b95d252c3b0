using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Fleet.Clusters;

/// <summary>What the audit trail records of clusters.</summary>
internal static class ClusterAudit
{
    public static AuditedChange Change(string action, Cluster cluster)
        => new(action, "cluster") { EntityId = cluster.Id, EntityName = cluster.Name };

    public static object Shown(Cluster cluster) => new
    {
        name = cluster.Name,
        metadataUrl = cluster.MetadataUrl,
        baseDomain = cluster.BaseDomain,
        workspaceIds = cluster.WorkspaceIds,
        status = EnumTexts.Of(cluster.Status),
    };
}

using Apc.ControlPlane.Domain.Clusters;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Fleet.Clusters;

/// <summary>A data plane: a Kubernetes cluster on which Airflow deployments run.</summary>
/// <remarks>What one answer shows of a cluster; members that were not selected have their default.</remarks>
[GraphQLName("Cluster")]
public sealed class ClusterRow
{
    /// <summary>The cluster's id, a UUID in lower case.</summary>
    public Guid Id { get; set; }

    /// <summary>Unique in the control plane, 1 to 255 characters.</summary>
    public string Name { get; set; } = "";

    /// <summary>ACTIVE where the data plane is reachable and healthy, or where a person said so; else INACTIVE.</summary>
    public ClusterStatus Status { get; set; }

    /// <summary>Why the status is what it is: what the last reconcile or the last person said.</summary>
    [GraphQLType("JSON")]
    public byte[]? StatusReason { get; set; }

    /// <summary>The whole payload that the data plane last answered with, as it came; null before the first answer, and in the places of what is nested more than 48 levels deep.</summary>
    [GraphQLType("JSON")]
    public byte[]? HealthStatus { get; set; }

    /// <summary>Shown by <see cref="ClusterType.GetMetadataProblems"/>.</summary>
    [GraphQLIgnore]
    public byte[]? MetadataProblems { get; set; }

    /// <summary>Kubernetes version, as the data plane reports it.</summary>
    public string? K8sVersion { get; set; }

    /// <summary>Cloud provider, as the data plane reports it.</summary>
    public string? CloudProvider { get; set; }

    /// <summary>Region, as the data plane reports it.</summary>
    public string? Region { get; set; }

    /// <summary>Version of the data plane chart, as the data plane reports it.</summary>
    public string? DpChartVersion { get; set; }

    /// <summary>Version of the deployment orchestrator, as the data plane reports it.</summary>
    public string? CommanderVersion { get; set; }

    /// <summary>Version of the Airflow chart, as the data plane reports it.</summary>
    public string? AirflowChartVersion { get; set; }

    /// <summary>The data plane's base domain: unique, and fixed at registration.</summary>
    public string? BaseDomain { get; set; }

    /// <summary>Where the data plane is reached; a cluster without one is skipped by reconciles.</summary>
    public string? DataplaneUrl { get; set; }

    /// <summary>The data plane's own id.</summary>
    public string? DataplaneId { get; set; }

    /// <summary>The address that was registered; `/metadata` is asked below it.</summary>
    public string? MetadataUrl { get; set; }

    /// <summary>Shown by <see cref="ClusterType.GetConfig"/>.</summary>
    [GraphQLIgnore]
    public byte[]? Config { get; set; }

    /// <summary>Shown by <see cref="ClusterType.GetConfigOverride"/>.</summary>
    [GraphQLIgnore]
    public byte[]? ConfigOverride { get; set; }

    /// <summary>The workspaces that the cluster is reserved for; empty means every workspace.</summary>
    public Guid[] WorkspaceIds { get; set; } = [];

    /// <summary>When the cluster was registered.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When what the record says last changed.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>When the status last changed.</summary>
    public DateTimeOffset StatusChangedAt { get; set; }

    /// <summary>When the data plane last answered; null where it never did.</summary>
    public DateTimeOffset? ObservedAt { get; set; }

    /// <summary>Whether the last answer is recent enough to believe the status.</summary>
    public Freshness Freshness { get; set; }
}

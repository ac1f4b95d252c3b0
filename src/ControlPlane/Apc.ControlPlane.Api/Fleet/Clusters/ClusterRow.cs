using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain.Clusters;
using Apc.GraphQL.CodeFirst;
using Npgsql;

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

/// <summary>A page of clusters.</summary>
/// <param name="Clusters">The clusters of this page, in the order asked for.</param>
/// <param name="Count">How many clusters match and may be seen by the caller, on all pages together.</param>
public sealed record ClusterPage(IReadOnlyList<ClusterRow> Clusters, int Count);

/// <summary>Reads the chosen columns of a cluster, in the order in which <see cref="ClusterColumnTexts.AppendColumns"/> names them.</summary>
internal readonly struct ClusterRowReader(ClusterColumns columns, FreshnessLimit freshness, DateTimeOffset now)
{
    /// <summary>The row that the reader stands on.</summary>
    public ClusterRow Read(NpgsqlDataReader reader)
    {
        var row = new ClusterRow();
        var ordinal = 0;

        for (var rest = (uint)columns; rest != 0; rest &= rest - 1, ordinal++)
        {
            if (!reader.IsDBNull(ordinal))
            {
                Read(reader, ordinal, (ClusterColumns)(rest & ~(rest - 1)), row);
            }
        }

        row.Freshness = freshness.Judge(row.ObservedAt, now);
        return row;
    }

    private static void Read(NpgsqlDataReader reader, int ordinal, ClusterColumns column, ClusterRow row)
    {
        switch (column)
        {
            case ClusterColumns.Id:
                row.Id = reader.GetGuid(ordinal);
                break;
            case ClusterColumns.Name:
                row.Name = reader.GetString(ordinal);
                break;
            case ClusterColumns.Status:
                row.Status = EnumTexts.Parse<ClusterStatus>(reader.GetString(ordinal));
                break;
            case ClusterColumns.StatusReason:
                row.StatusReason = reader.GetFieldValue<byte[]>(ordinal);
                break;
            case ClusterColumns.HealthStatus:
                row.HealthStatus = reader.GetFieldValue<byte[]>(ordinal);
                break;
            case ClusterColumns.K8sVersion:
                row.K8sVersion = reader.GetString(ordinal);
                break;
            case ClusterColumns.CloudProvider:
                row.CloudProvider = reader.GetString(ordinal);
                break;
            case ClusterColumns.Region:
                row.Region = reader.GetString(ordinal);
                break;
            case ClusterColumns.DpChartVersion:
                row.DpChartVersion = reader.GetString(ordinal);
                break;
            case ClusterColumns.CommanderVersion:
                row.CommanderVersion = reader.GetString(ordinal);
                break;
            case ClusterColumns.AirflowChartVersion:
                row.AirflowChartVersion = reader.GetString(ordinal);
                break;
            case ClusterColumns.BaseDomain:
                row.BaseDomain = reader.GetString(ordinal);
                break;
            case ClusterColumns.DataplaneUrl:
                row.DataplaneUrl = reader.GetString(ordinal);
                break;
            case ClusterColumns.DataplaneId:
                row.DataplaneId = reader.GetString(ordinal);
                break;
            case ClusterColumns.MetadataUrl:
                row.MetadataUrl = reader.GetString(ordinal);
                break;
            case ClusterColumns.Config:
                row.Config = reader.GetFieldValue<byte[]>(ordinal);
                break;
            case ClusterColumns.ConfigOverride:
                row.ConfigOverride = reader.GetFieldValue<byte[]>(ordinal);
                break;
            case ClusterColumns.WorkspaceIds:
                row.WorkspaceIds = reader.GetFieldValue<Guid[]>(ordinal);
                break;
            case ClusterColumns.CreatedAt:
                row.CreatedAt = reader.GetFieldValue<DateTimeOffset>(ordinal);
                break;
            case ClusterColumns.UpdatedAt:
                row.UpdatedAt = reader.GetFieldValue<DateTimeOffset>(ordinal);
                break;
            case ClusterColumns.StatusChangedAt:
                row.StatusChangedAt = reader.GetFieldValue<DateTimeOffset>(ordinal);
                break;
            case ClusterColumns.ObservedAt:
                row.ObservedAt = reader.GetFieldValue<DateTimeOffset>(ordinal);
                break;
            case ClusterColumns.MetadataProblems:
                row.MetadataProblems = reader.GetFieldValue<byte[]>(ordinal);
                break;
        }
    }
}

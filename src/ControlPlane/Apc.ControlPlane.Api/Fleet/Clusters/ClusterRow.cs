using System.Numerics;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain.Clusters;
using Apc.GraphQL.CodeFirst;
using Npgsql;

namespace Apc.ControlPlane.Api.Fleet.Clusters;

/// <summary>A data plane: a Kubernetes cluster on which Airflow deployments run.</summary>
/// <remarks>The members that one answer shows of a cluster; members that were not selected have their default.</remarks>
[GraphQLName("Cluster")]
public sealed class ClusterRow
{
    /// <summary>The cluster's id, a UUID in lower case.</summary>
    public Guid Id { get; set; }

    /// <summary>Unique in the control plane, 1 to 255 characters.</summary>
    public string Name { get; set; } = "";

    /// <summary>ACTIVE if the data plane is reachable and healthy, or if a person set it; else INACTIVE.</summary>
    public ClusterStatus Status { get; set; }

    /// <summary>Why the status is what it is, as the last reconcile or the last person gave it.</summary>
    [GraphQLType("JSON")]
    public byte[]? StatusReason { get; set; }

    /// <summary>
    /// The whole payload that the data plane last answered with, as it came; null before the first answer. A value nested more than 48
    /// levels deep is replaced by null.
    /// </summary>
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

    /// <summary>When the record last changed.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>When the status last changed.</summary>
    public DateTimeOffset StatusChangedAt { get; set; }

    /// <summary>When the data plane last answered; null if it never did.</summary>
    public DateTimeOffset? ObservedAt { get; set; }

    /// <summary>When the data plane was last checked, whatever the check found; null before the first check.</summary>
    public DateTimeOffset? LastCheckedAt { get; set; }

    /// <summary>How many checks in a row got no usable answer; 0 after an answer, healthy or not.</summary>
    public int ConsecutiveFailures { get; set; }

    /// <summary>Whether the last check is recent enough to rely on the status.</summary>
    public Freshness Freshness { get; set; }
}

/// <summary>A page of clusters.</summary>
/// <param name="Clusters">The clusters of this page, in the order asked for.</param>
/// <param name="Count">How many matching clusters the caller may see, on all pages together.</param>
public sealed record ClusterPage(IReadOnlyList<ClusterRow> Clusters, int Count);

/// <summary>Reads the chosen columns of a cluster, in the order of <see cref="ClusterColumnTexts.AppendColumns"/>.</summary>
internal readonly struct ClusterRowReader(ClusterColumns columns, FreshnessLimit freshness, DateTimeOffset now)
{
    // By the position of the column's bit in ClusterColumns.
    private static readonly Action<ClusterRow, NpgsqlDataReader, int>[] Setters =
    [
        (row, reader, ordinal) => row.Id = reader.GetGuid(ordinal),
        (row, reader, ordinal) => row.Name = reader.GetString(ordinal),
        (row, reader, ordinal) => row.Status = EnumTexts.Parse<ClusterStatus>(reader.GetString(ordinal)),
        (row, reader, ordinal) => row.StatusReason = reader.GetFieldValue<byte[]>(ordinal),
        (row, reader, ordinal) => row.HealthStatus = reader.GetFieldValue<byte[]>(ordinal),
        (row, reader, ordinal) => row.K8sVersion = reader.GetString(ordinal),
        (row, reader, ordinal) => row.CloudProvider = reader.GetString(ordinal),
        (row, reader, ordinal) => row.Region = reader.GetString(ordinal),
        (row, reader, ordinal) => row.DpChartVersion = reader.GetString(ordinal),
        (row, reader, ordinal) => row.CommanderVersion = reader.GetString(ordinal),
        (row, reader, ordinal) => row.AirflowChartVersion = reader.GetString(ordinal),
        (row, reader, ordinal) => row.BaseDomain = reader.GetString(ordinal),
        (row, reader, ordinal) => row.DataplaneUrl = reader.GetString(ordinal),
        (row, reader, ordinal) => row.DataplaneId = reader.GetString(ordinal),
        (row, reader, ordinal) => row.MetadataUrl = reader.GetString(ordinal),
        (row, reader, ordinal) => row.Config = reader.GetFieldValue<byte[]>(ordinal),
        (row, reader, ordinal) => row.ConfigOverride = reader.GetFieldValue<byte[]>(ordinal),
        (row, reader, ordinal) => row.WorkspaceIds = reader.GetFieldValue<Guid[]>(ordinal),
        (row, reader, ordinal) => row.CreatedAt = reader.GetFieldValue<DateTimeOffset>(ordinal),
        (row, reader, ordinal) => row.UpdatedAt = reader.GetFieldValue<DateTimeOffset>(ordinal),
        (row, reader, ordinal) => row.StatusChangedAt = reader.GetFieldValue<DateTimeOffset>(ordinal),
        (row, reader, ordinal) => row.ObservedAt = reader.GetFieldValue<DateTimeOffset>(ordinal),
        (row, reader, ordinal) => row.MetadataProblems = reader.GetFieldValue<byte[]>(ordinal),
        (row, reader, ordinal) => row.LastCheckedAt = reader.GetFieldValue<DateTimeOffset>(ordinal),
        (row, reader, ordinal) => row.ConsecutiveFailures = reader.GetInt32(ordinal),
    ];

    /// <summary>Reads the current row of the reader.</summary>
    public ClusterRow Read(NpgsqlDataReader reader)
    {
        var row = new ClusterRow();
        var ordinal = 0;

        for (var rest = (uint)columns; rest != 0; rest &= rest - 1, ordinal++)
        {
            if (!reader.IsDBNull(ordinal))
            {
                Setters[BitOperations.TrailingZeroCount(rest)](row, reader, ordinal);
            }
        }

        row.Freshness = freshness.Judge(row.LastCheckedAt, now);
        return row;
    }
}

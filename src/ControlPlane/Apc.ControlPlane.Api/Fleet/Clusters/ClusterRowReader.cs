using System.Numerics;
using System.Text;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Clusters;
using Npgsql;

namespace Apc.ControlPlane.Api.Fleet.Clusters;

/// <summary>Reads the chosen columns of a cluster, in the order in which <see cref="AppendColumns"/> names them.</summary>
internal readonly struct ClusterRowReader(ClusterColumns columns, FreshnessLimit freshness, DateTimeOffset now)
{
    // By the position of the column's bit in ClusterColumns.
    private static readonly string[] ColumnTexts =
    [
        "c.id", "c.name", "c.status", "c.\"statusReason\"", "c.\"healthStatus\"", "c.\"k8sVersion\"", "c.\"cloudProvider\"", "c.region",
        "c.\"dpChartVersion\"", "c.\"commanderVersion\"", "c.\"airflowChartVersion\"", "c.\"baseDomain\"", "c.\"dataplaneUrl\"",
        "c.\"dataplaneId\"", "c.\"metadataUrl\"", "c.config", "c.\"configOverride\"", "c.\"workspaceIds\"", "c.\"createdAt\"",
        "c.\"updatedAt\"", "c.\"statusChangedAt\"", "o.\"observedAt\"", "c.\"metadataProblems\"",
    ];

    /// <summary>Writes the columns as they stand after <c>select</c>.</summary>
    public static void AppendColumns(StringBuilder text, ClusterColumns columns)
    {
        for (var rest = (uint)columns; rest != 0; rest &= rest - 1)
        {
            text.Append(ColumnTexts[BitOperations.TrailingZeroCount(rest)]);

            if ((rest & (rest - 1)) != 0)
            {
                text.Append(", ");
            }
        }
    }

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

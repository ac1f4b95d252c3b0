using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain.Clusters;
using Npgsql;

namespace Apc.ControlPlane.Api.Fleet.Clusters;

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

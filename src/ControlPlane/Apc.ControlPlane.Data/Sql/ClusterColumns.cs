using System.Numerics;
using System.Text;

namespace Apc.ControlPlane.Data.Sql;

/// <summary>Which columns of a cluster an answer needs: a list that does not show payloads does not read them.</summary>
[Flags]
public enum ClusterColumns
{
    None = 0,
    Id = 1 << 0,
    Name = 1 << 1,
    Status = 1 << 2,
    StatusReason = 1 << 3,
    HealthStatus = 1 << 4,
    K8sVersion = 1 << 5,
    CloudProvider = 1 << 6,
    Region = 1 << 7,
    DpChartVersion = 1 << 8,
    CommanderVersion = 1 << 9,
    AirflowChartVersion = 1 << 10,
    BaseDomain = 1 << 11,
    DataplaneUrl = 1 << 12,
    DataplaneId = 1 << 13,
    MetadataUrl = 1 << 14,
    Config = 1 << 15,
    ConfigOverride = 1 << 16,
    WorkspaceIds = 1 << 17,
    CreatedAt = 1 << 18,
    UpdatedAt = 1 << 19,
    StatusChangedAt = 1 << 20,
    ObservedAt = 1 << 21,
    MetadataProblems = 1 << 22,

    /// <summary>Everything.</summary>
    All = (1 << 23) - 1,
}

/// <summary>The columns in a statement that calls the cluster <c>c</c> and its observation <c>o</c>.</summary>
public static class ClusterColumnTexts
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
    public static StringBuilder AppendColumns(this StringBuilder text, ClusterColumns columns)
    {
        for (var rest = (uint)columns; rest != 0; rest &= rest - 1)
        {
            text.Append(ColumnTexts[BitOperations.TrailingZeroCount(rest)]);

            if ((rest & (rest - 1)) != 0)
            {
                text.Append(", ");
            }
        }

        return text;
    }
}

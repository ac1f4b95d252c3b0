using Apc.GraphQL.Types.Resolvers;

namespace Apc.ControlPlane.Api.Fleet.Clusters;

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

/// <summary>Chooses columns from what a document selects.</summary>
internal sealed class SelectedColumns
{
    private static readonly (string Field, ClusterColumns Column)[] ByField =
    [
        .. Enum.GetValues<ClusterColumns>()
            .Where(c => c is not (ClusterColumns.None or ClusterColumns.All))
            .Select(c => (c.ToString(), c)),
        ("Freshness", ClusterColumns.ObservedAt),
    ];

    private SelectedColumns(ClusterColumns columns) => Columns = columns;

    /// <summary>The columns that the selection needs; the id always, since computed fields start from it.</summary>
    public ClusterColumns Columns { get; }

    /// <summary>The columns that a selection on the type <c>Cluster</c> needs; computed once for a document.</summary>
    public static ClusterColumns Of(Selection cluster) => cluster.Derive(Choose).Columns;

    private static SelectedColumns Choose(Selection cluster)
        => new(ByField.Where(f => cluster.Wants(f.Field)).Aggregate(ClusterColumns.Id, (columns, f) => columns | f.Column));
}

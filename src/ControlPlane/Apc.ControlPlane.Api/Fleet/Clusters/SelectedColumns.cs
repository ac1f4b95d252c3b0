using Apc.ControlPlane.Data.Sql;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.ControlPlane.Api.Fleet.Clusters;

/// <summary>Chooses the columns that a document selects.</summary>
internal sealed class SelectedColumns
{
    private static readonly (string Field, ClusterColumns Column)[] ByField =
    [
        .. Enum.GetValues<ClusterColumns>()
            .Where(c => c is not (ClusterColumns.None or ClusterColumns.All or ClusterColumns.Observation))
            .Select(c => (c.ToString(), c)),
        ("Freshness", ClusterColumns.LastCheckedAt),
        ("HealthStatusAt", ClusterColumns.ObservedAt),
        ("NextCheckAt", ClusterColumns.DataplaneUrl),
    ];

    private SelectedColumns(ClusterColumns columns) => Columns = columns;

    /// <summary>The columns that the selection needs; always with the id, which computed fields need.</summary>
    public ClusterColumns Columns { get; }

    /// <summary>The columns that a selection on the type <c>Cluster</c> needs, computed once for a document.</summary>
    public static ClusterColumns Of(Selection cluster) => cluster.Derive(Choose).Columns;

    private static SelectedColumns Choose(Selection cluster)
        => new(ByField.Where(f => cluster.Wants(f.Field)).Aggregate(ClusterColumns.Id, (columns, f) => columns | f.Column));
}

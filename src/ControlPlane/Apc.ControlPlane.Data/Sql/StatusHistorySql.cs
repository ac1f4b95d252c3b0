namespace Apc.ControlPlane.Data.Sql;

/// <summary>Statements that read the changes of clusters' statuses.</summary>
public static class StatusHistorySql
{
    /// <summary>The columns of a transition as a select list, in a statement in which its table is <c>t</c>.</summary>
    public const string Columns = """t.id, t."from", t."to", t.reason, t.cause, t.actor, t."runId", t.at""";

    /// <summary>
    /// A page of the history of each of these clusters (<c>$1</c>), after a transition (<c>$2</c>; null starts at the newest), of this size
    /// (<c>$3</c>). The cluster's id, then <see cref="Columns"/>.
    /// </summary>
    public const string Pages =
        $"""
        select t."clusterId", {Columns}
        from unnest($1) c(id)
        cross join lateral (
            select * from {HoustonNames.ClusterStatusTransition} t
            where t."clusterId" = c.id
              and ($2::uuid is null
                or t.number < (select number from {HoustonNames.ClusterStatusTransition} where id = $2 and "clusterId" = c.id))
            order by t.number desc
            limit $3) t
        order by t."clusterId", t.number desc
        """;

    /// <summary>The cluster of a transition (<c>$1</c>).</summary>
    public const string CursorOwner = $"""select "clusterId" from {HoustonNames.ClusterStatusTransition} where id = $1""";

    /// <summary>The number of transitions of each of these clusters (<c>$1</c>), by its id.</summary>
    public const string Counts =
        $"""
        select "clusterId", count(*)::int from {HoustonNames.ClusterStatusTransition}
        where "clusterId" = any($1) group by "clusterId"
        """;
}

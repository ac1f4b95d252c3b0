using System.Text;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Data.Sql;

/// <summary>Statements that read changes for subscribers.</summary>
public static class FeedSql
{
    /// <summary>
    /// The current snapshot, and whether it follows an old one (<c>$1</c>). If the server has not reached the old snapshot, it is another
    /// server or was restored, and the old snapshot does not apply to it.
    /// </summary>
    public const string Snapshot =
        "select pg_current_snapshot()::text, coalesce(pg_snapshot_xmax(pg_current_snapshot()) >= pg_snapshot_xmax($1::pg_snapshot), false)";

    /// <summary>The runs of these ids (<c>$1</c>).</summary>
    public const string Runs =
        $"""
         select id, "dueAt", "startedAt", "endedAt", successful, failed, skipped, replica, outcome, suspect
         from {HoustonNames.ClusterSyncRun} where id = any($1)
         """;

    // The number of every transaction that was open when the snapshot was taken, or began later, is at least the snapshot's xmin. Rows of a
    // restored dump have numbers of another server; those that this server has not reached yet are left out.
    private const string FromEventsSince =
        $"""
         from {HoustonNames.OutboxEvent} e
         join {HoustonNames.ClusterStatusTransition} t on t.id = e."transitionId"
         join {HoustonNames.Cluster} c on c.id = t."clusterId"
         left join {HoustonNames.ClusterObservation} o on o."clusterId" = c.id
         where e.kind = '{OutboxEvent.StatusChanged}'
           and e."xactId" >= pg_snapshot_xmin($1::pg_snapshot) and e."xactId" < pg_snapshot_xmax(pg_current_snapshot())
           and not pg_visible_in_snapshot(e."xactId", $1::pg_snapshot)
         order by e.id
         """;

    /// <summary>
    /// The changes of status that were committed since a snapshot (<c>$1</c>), in the order in which they were written: these columns of
    /// the cluster, the id of the event, then <see cref="StatusHistorySql.Columns"/>.
    /// </summary>
    public static string StatusChanges(ClusterColumns columns)
        => new StringBuilder("select ").AppendColumns(columns)
            .Append(", e.id, ").Append(StatusHistorySql.Columns).Append(' ').Append(FromEventsSince).ToString();
}

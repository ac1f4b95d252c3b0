using Apc.ControlPlane.Data;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Clusters;

/// <summary>What stands in the database, a line of text a row, so that a test compares whole tables.</summary>
internal static class Rows
{
    public static Task<List<string>> TransitionsAsync(this PostgresDatabase database, CancellationToken cancellationToken) => database.QueryAsync<string>(
        $"""
        SELECT concat_ws(' ', c.name, coalesce("from", '-'), "to", cause, actor)
        FROM {HoustonNames.ClusterStatusTransition} t JOIN {HoustonNames.Cluster} c ON c.id = t."clusterId" ORDER BY c.id, t.number
        """,
        cancellationToken);

    public static Task<List<string>> AuditAsync(this PostgresDatabase database, CancellationToken cancellationToken) => database.QueryAsync<string>(
        $"""
        SELECT concat_ws(' ', action, operation, "entityType", "entityName", before, after->>'status', "actorKind", "actorName", outcome)
        FROM {HoustonNames.AuditLog} WHERE "entityType" = 'cluster' AND outcome = 'SUCCESS' ORDER BY "entityId", at, id
        """,
        cancellationToken);

    public static Task<List<string>> RunsAsync(this PostgresDatabase database, CancellationToken cancellationToken) => database.QueryAsync<string>(
        $"""
        SELECT concat_ws(' ', to_char("dueAt" AT TIME ZONE 'UTC', 'HH24:MI'), outcome, successful, failed, skipped, replica, "fencingToken", suspect,
            "endedAt" IS NOT NULL)
        FROM {HoustonNames.ClusterSyncRun} ORDER BY "dueAt"
        """,
        cancellationToken);

    /// <summary>What holds whatever happens (reliability, a to d and f), as a list of breaches.</summary>
    public static async Task<List<string>> BreachesAsync(this PostgresDatabase database, CancellationToken cancellationToken) =>
    [
        .. await database.QueryAsync<string>(
            $"""
            SELECT 'status of ' || c.name || ' is not that of its newest transition' FROM {HoustonNames.Cluster} c
            WHERE status <> (SELECT "to" FROM {HoustonNames.ClusterStatusTransition} t WHERE t."clusterId" = c.id ORDER BY number DESC LIMIT 1)
            """,
            cancellationToken),
        .. await database.QueryAsync<string>(
            $"""
            SELECT 'history of ' || "clusterId" || ' has a gap' FROM (
                SELECT "clusterId", "from", lag("to") OVER (PARTITION BY "clusterId" ORDER BY number) AS earlier
                FROM {HoustonNames.ClusterStatusTransition}) t
            WHERE "from" IS DISTINCT FROM earlier
            """,
            cancellationToken),
        .. await database.QueryAsync<string>(
            $"""
            SELECT 'transition ' || t.id || ' has ' || count(e.id) || ' events'
            FROM {HoustonNames.ClusterStatusTransition} t LEFT JOIN {HoustonNames.OutboxEvent} e ON e."transitionId" = t.id
            WHERE t.cause <> 'REGISTER' GROUP BY t.id HAVING count(e.id) <> 1
            """,
            cancellationToken),
        .. await database.QueryAsync<string>(
            $"""
            SELECT 'the number of ' || o."clusterId" || ' is behind its history' FROM {HoustonNames.ClusterObservation} o
            WHERE number < (SELECT max(number) FROM {HoustonNames.ClusterStatusTransition} t WHERE t."clusterId" = o."clusterId")
            """,
            cancellationToken),
        .. await database.QueryAsync<string>(
            $"""
            SELECT 'transition of ' || "clusterId" || ' has no audit row' FROM {HoustonNames.ClusterStatusTransition} t
            WHERE cause <> 'REGISTER'
            GROUP BY "clusterId"
            HAVING count(*) > (SELECT count(*) FROM {HoustonNames.AuditLog} a WHERE a."entityId" = t."clusterId"::text)
            """,
            cancellationToken),
    ];
}

using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Data.Sql;

/// <summary>
/// Statements that reconcile clusters, in the order in which they run. Those that read which clusters to probe return id, metadata address,
/// base domain, whether the data plane's address is known, and whether the last probe failed. Those that store a chunk of results run in
/// one transaction and round trip.
/// </summary>
public static class ReconcileSql
{
    /// <summary>The next decision number, as <c>Value</c>.</summary>
    public const string TakeNumber = $"select {HoustonNames.NextClusterOrder} as \"Value\"";

    /// <summary>A page of clusters after an id (<c>$1</c>), of this size (<c>$2</c>), by id.</summary>
    public const string All = $"{Select} WHERE c.id > $1 ORDER BY c.id LIMIT $2";

    /// <summary>The clusters of these ids (<c>$1</c>) that exist.</summary>
    public const string ByIds = $"{Select} WHERE c.id = ANY($1)";

    /// <summary>
    /// A page of clusters that a run (<c>$3</c>) has not handled, after an id (<c>$1</c>), of this size (<c>$2</c>), by id.
    /// </summary>
    public const string NotDone = $"{NotHandled} ORDER BY c.id LIMIT $2";

    /// <summary>A page of <see cref="NotDone"/>: only those whose last probe failed, or only the others (<c>$4</c>).</summary>
    public const string NotDoneByState =
        $"""{NotHandled} AND (o."attemptedAt" IS DISTINCT FROM o."observedAt") = $4 ORDER BY c.id LIMIT $2""";

    /// <summary>
    /// Keeps a run (<c>$1</c>) of a fencing token (<c>$2</c>) from being taken over until this transaction ends. The lock is stronger than
    /// a share lock, because the counts are added in the same transaction. No row if the run was taken over already.
    /// </summary>
    public const string HoldRun =
        $"""SELECT id FROM {HoustonNames.ClusterSyncRun} WHERE id = $1 AND "fencingToken" = $2 AND outcome = 'RUNNING' FOR NO KEY UPDATE""";

    /// <summary>
    /// Stores probes: clusters (<c>$1</c>), numbers (<c>$2</c>), whether they answered (<c>$3</c>) and times (<c>$4</c>) side by side;
    /// moves the clusters' numbers forward. As all writers do, it locks the narrow rows before the wide ones, by id.
    /// </summary>
    public const string Advance = $"""{AdvanceInto} NULL {AdvanceFrom} {AdvanceOrUpdate} WHERE o.number < excluded.number""";

    /// <summary>
    /// The same for a run (<c>$5</c>) of a fencing token (<c>$6</c>). It also marks the clusters as handled and counts them, exactly once,
    /// however often a chunk is repeated.
    /// </summary>
    public const string AdvanceInRun =
        $"""
        WITH done AS (
            {AdvanceInto} $5
            {AdvanceFrom}
            WHERE EXISTS (SELECT FROM {HoustonNames.ClusterSyncRun} WHERE id = $5 AND "fencingToken" = $6 AND outcome = 'RUNNING')
            {AdvanceOrUpdate}
            WHERE o.number < excluded.number OR o."runId" IS DISTINCT FROM excluded."runId"
            RETURNING "clusterId"),
        counts AS (
            SELECT count(*) FILTER (WHERE item.answered) AS successful, count(*) FILTER (WHERE NOT item.answered) AS failed
            FROM done JOIN unnest($1, $3) AS item (id, answered) ON item.id = done."clusterId")
        UPDATE {HoustonNames.ClusterSyncRun} run
        SET successful = run.successful + counts.successful, failed = run.failed + counts.failed
        FROM counts WHERE run.id = $5 AND run."fencingToken" = $6
        """;

    /// <summary>
    /// Rewrites the records that differ, if this is still the newest decision, and stores a transition, an event and an audit row for each
    /// change of a status. Members that an answer leaves out keep their last value; those that could not be lifted come as empty texts and
    /// become null. The parameters up to <c>$19</c> are columns of the results, side by side; those from <c>$20</c> are the origin. Returns
    /// for each change the place of its result, from 1, and the cluster's name.
    /// </summary>
    public const string Store =
        $"""
        WITH item AS (
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
                WITH ORDINALITY AS item (
                id, number, at, status, reason, payload, problems, hash, "k8sVersion", "cloudProvider", region, "dpChartVersion",
                "commanderVersion", "airflowChartVersion", "baseDomain", "dataplaneUrl", "dataplaneId", "transitionId", "auditId", place)),
        changed AS MATERIALIZED (
            SELECT item.*, c.status AS "from", c.name
            FROM item
            JOIN {HoustonNames.ClusterObservation} o ON o."clusterId" = item.id AND o.number = item.number
            JOIN {HoustonNames.Cluster} c ON c.id = item.id
            WHERE c."payloadHash" <> item.hash OR c.status <> item.status OR c."statusReason"::text IS DISTINCT FROM item.reason::text
            ORDER BY c.id
            FOR NO KEY UPDATE OF c),
        rewritten AS (
            UPDATE {HoustonNames.Cluster} c SET
                status = changed.status,
                "statusReason" = changed.reason,
                "healthStatus" = coalesce(changed.payload, c."healthStatus"),
                "metadataProblems" = CASE WHEN changed.payload IS NULL THEN c."metadataProblems" ELSE changed.problems END,
                "payloadHash" = changed.hash,
                "k8sVersion" = nullif(coalesce(changed."k8sVersion", c."k8sVersion"), ''),
                "cloudProvider" = nullif(coalesce(changed."cloudProvider", c."cloudProvider"), ''),
                region = nullif(coalesce(changed.region, c.region), ''),
                "dpChartVersion" = nullif(coalesce(changed."dpChartVersion", c."dpChartVersion"), ''),
                "commanderVersion" = nullif(coalesce(changed."commanderVersion", c."commanderVersion"), ''),
                "airflowChartVersion" = nullif(coalesce(changed."airflowChartVersion", c."airflowChartVersion"), ''),
                "baseDomain" = coalesce(c."baseDomain", changed."baseDomain"),
                "dataplaneUrl" = coalesce(changed."dataplaneUrl", c."dataplaneUrl"),
                "dataplaneId" = nullif(coalesce(changed."dataplaneId", c."dataplaneId"), ''),
                "updatedAt" = changed.at,
                "statusChangedAt" = CASE WHEN changed."from" = changed.status THEN c."statusChangedAt" ELSE changed.at END
            FROM changed WHERE c.id = changed.id),
        transition AS (
            INSERT INTO {HoustonNames.ClusterStatusTransition} (id, "clusterId", number, "from", "to", reason, cause, actor, "runId", at)
            SELECT "transitionId", id, number, "from", status, reason, $20, $21, $22, at FROM changed WHERE "from" <> status),
        event AS (
            INSERT INTO {HoustonNames.OutboxEvent} (kind, "clusterId", "transitionId", at)
            SELECT '{OutboxEvent.StatusChanged}', id, "transitionId", at FROM changed WHERE "from" <> status),
        audited AS (
            INSERT INTO {HoustonNames.AuditLog} (id, at, "actorKind", "actorId", "actorName", "tokenId", address, "requestId", action,
                operation, "entityType", "entityId", "entityName", before, after, outcome)
            SELECT "auditId", at, $23, $24, $25, $26, $27, $28, 'cluster.update', $29, 'cluster', id::text, name,
                json_build_object('status', "from"), json_build_object('status', status, 'statusReason', reason), 'SUCCESS'
            FROM changed WHERE "from" <> status)
        SELECT place, name FROM changed WHERE "from" <> status
        """;

    private const string Select =
        $"""
        SELECT c.id, c."metadataUrl", c."baseDomain", coalesce(c."dataplaneUrl", '') <> '',
               o."attemptedAt" IS DISTINCT FROM o."observedAt"
        FROM {HoustonNames.Cluster} c LEFT JOIN {HoustonNames.ClusterObservation} o ON o."clusterId" = c.id
        """;

    // A cluster whose result is stored has the id of the run; those that a dead replica left do not.
    private const string NotHandled = $"""{Select} WHERE c.id > $1 AND o."runId" IS DISTINCT FROM $3""";

    private const string AdvanceInto =
        $"""
        INSERT INTO {HoustonNames.ClusterObservation} AS o ("clusterId", number, "observedAt", "attemptedAt", failures, "runId")
        SELECT item.id, item.number, CASE WHEN item.answered THEN item.at END, item.at, CASE WHEN item.answered THEN 0 ELSE 1 END,
        """;

    // The join leaves out clusters that have been deregistered in the meantime.
    private const string AdvanceFrom =
        $"""FROM unnest($1, $2, $3, $4) AS item (id, number, answered, at) JOIN {HoustonNames.Cluster} c ON c.id = item.id""";

    private const string AdvanceOrUpdate =
        """
        ORDER BY item.id
        ON CONFLICT ("clusterId") DO UPDATE SET
            number = greatest(o.number, excluded.number),
            "observedAt" = CASE WHEN o.number < excluded.number THEN coalesce(excluded."observedAt", o."observedAt")
                ELSE o."observedAt" END,
            "attemptedAt" = CASE WHEN o.number < excluded.number THEN excluded."attemptedAt" ELSE o."attemptedAt" END,
            failures = CASE WHEN o.number >= excluded.number THEN o.failures WHEN excluded.failures = 0 THEN 0 ELSE o.failures + 1 END,
            "runId" = coalesce(excluded."runId", o."runId")
        """;
}

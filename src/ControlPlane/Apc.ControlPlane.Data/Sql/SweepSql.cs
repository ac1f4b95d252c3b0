namespace Apc.ControlPlane.Data.Sql;

/// <summary>Statements by which replicas agree which of them carries a sweep. Leases are in the database's time.</summary>
public static class SweepSql
{
    private const int LeaseInSeconds = 10;

    /// <summary>How long a run stays with its holder without being renewed.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(LeaseInSeconds);

    private static readonly string LeaseEnd = $"clock_timestamp() + interval '{LeaseInSeconds} seconds'";

    // Holds for a running row whose lease has run out. A lease that ends later than one taken now was written by a server whose clock was
    // ahead: it would never end, and the fencing token protects against what a holder that still lives writes.
    private static readonly string IsLeft = $"""("leaseUntil" < clock_timestamp() OR "leaseUntil" > {LeaseEnd})""";

    /// <summary>
    /// If the run of a tick (<c>$1</c>) ended, by the database's time, before the tick came, gives it the time of its end as its tick: a
    /// replica whose clock was ahead had begun it. So the tick can have its own run.
    /// </summary>
    public const string Redate =
        $"""
        UPDATE {HoustonNames.ClusterSyncRun} SET "dueAt" = "leaseUntil"
        WHERE "dueAt" = $1 AND outcome <> 'RUNNING' AND "leaseUntil" < "dueAt"
        """;

    /// <summary>Makes starts of runs wait for each other until the transaction ends.</summary>
    public const string LockStarts = "SELECT pg_advisory_xact_lock(hashtext('apc sweeps'))";

    /// <summary>
    /// Begins a run (<c>$1</c>) of a tick (<c>$2</c>) at a time (<c>$3</c>) for a replica (<c>$4</c>), unless another run is under way or
    /// the tick had its run.
    /// </summary>
    public static readonly string Start =
        $"""
        INSERT INTO {HoustonNames.ClusterSyncRun} (
            id, "dueAt", "startedAt", successful, failed, skipped, replica, outcome, suspect, "leaseUntil", "fencingToken")
        SELECT $1, $2, $3, 0, 0, 0, $4, 'RUNNING', false, {LeaseEnd}, 1
        WHERE NOT EXISTS (SELECT FROM {HoustonNames.ClusterSyncRun} WHERE outcome = 'RUNNING')
        ON CONFLICT ("dueAt") DO NOTHING
        """;

    /// <summary>Gives the newest run whose lease has run out to a replica (<c>$1</c>). Returns id, tick and new fencing token.</summary>
    public static readonly string TakeOver =
        $"""
        UPDATE {HoustonNames.ClusterSyncRun} SET "fencingToken" = "fencingToken" + 1, "leaseUntil" = {LeaseEnd}, replica = $1
        WHERE id = (
            SELECT id FROM {HoustonNames.ClusterSyncRun}
            WHERE outcome = 'RUNNING' AND {IsLeft}
            ORDER BY "dueAt" DESC LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING id, "dueAt", "fencingToken"
        """;

    /// <summary>Whether there is a run whose lease has run out.</summary>
    public static readonly string AnyLeft =
        $"""SELECT EXISTS (SELECT FROM {HoustonNames.ClusterSyncRun} WHERE outcome = 'RUNNING' AND {IsLeft})""";

    /// <summary>Renews the lease of a running run (<c>$1</c>) of a fencing token (<c>$2</c>).</summary>
    public static readonly string Renew = $"""UPDATE {HoustonNames.ClusterSyncRun} SET "leaseUntil" = {LeaseEnd} {Mine}""";

    /// <summary>Ends the lease of a running run (<c>$1</c>) of a fencing token (<c>$2</c>).</summary>
    public const string Release = $"""UPDATE {HoustonNames.ClusterSyncRun} SET "leaseUntil" = clock_timestamp() {Mine}""";

    /// <summary>
    /// Ends a run (<c>$1</c>) of a fencing token (<c>$2</c>) with an outcome (<c>$3</c>) at a time (<c>$4</c>), a number of skipped
    /// clusters (<c>$5</c>) and whether it is suspect (<c>$6</c>); the same end again changes nothing. Returns how many probes succeeded
    /// and failed.
    /// </summary>
    public const string End =
        $"""
        UPDATE {HoustonNames.ClusterSyncRun} SET outcome = $3, "endedAt" = $4, skipped = $5, suspect = $6
        WHERE id = $1 AND "fencingToken" = $2 AND (outcome = 'RUNNING' OR "endedAt" = $4)
        RETURNING successful, failed
        """;

    /// <summary>
    /// The newest tick up to a time (<c>$1</c>) that had its run, and whether a run is held. Later ticks are of wrong clocks.
    /// </summary>
    public static readonly string Last =
        $"""
        SELECT (SELECT max("dueAt") FROM {HoustonNames.ClusterSyncRun} WHERE "dueAt" <= $1),
            EXISTS (SELECT FROM {HoustonNames.ClusterSyncRun} WHERE outcome = 'RUNNING' AND NOT ({IsLeft}))
        """;

    private const string Mine = """WHERE id = $1 AND "fencingToken" = $2 AND outcome = 'RUNNING'""";
}

using Apc.ControlPlane.Api.Fleet.Reconciling;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Clusters;
using Npgsql;

namespace Apc.ControlPlane.Api.Fleet.Sweeps;

/// <summary>The rows by which replicas agree who carries a sweep. Leases are in the database's time: its clock is the one that all share.</summary>
public sealed class SweepRuns(ControlPlaneDataSources dataSources, DatabaseRetries retries, Replica replica, TimeProvider clock)
{
    /// <summary>How long a run is its holder's without being renewed.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    private const string LeaseEnd = "clock_timestamp() + interval '10 seconds'";

    /// <summary>
    /// Holds for a running row whose holder was not heard of in time. A lease that ends later than one taken now is of a server whose clock was ahead: it would
    /// never end, and the fencing token protects what a holder that lives still writes.
    /// </summary>
    internal const string IsLeft = $"""("leaseUntil" < clock_timestamp() OR "leaseUntil" > {LeaseEnd})""";

    // A run that ended, by the database's time, before its tick came was begun by a replica whose clock was ahead. It is dated when it ran, so that the tick has
    // its own run.
    private const string Redate =
        $"""UPDATE {HoustonNames.ClusterSyncRun} SET "dueAt" = "leaseUntil" WHERE "dueAt" = $1 AND outcome <> 'RUNNING' AND "leaseUntil" < "dueAt" """;

    // Starts of runs wait for each other.
    private const string LockStarts = "SELECT pg_advisory_xact_lock(hashtext('apc sweeps'))";

    private const string Start =
        $"""
        INSERT INTO {HoustonNames.ClusterSyncRun} (
            id, "dueAt", "startedAt", successful, failed, skipped, replica, outcome, suspect, "leaseUntil", "fencingToken")
        SELECT $1, $2, $3, 0, 0, 0, $4, 'RUNNING', false, {LeaseEnd}, 1
        WHERE NOT EXISTS (SELECT FROM {HoustonNames.ClusterSyncRun} WHERE outcome = 'RUNNING')
        ON CONFLICT ("dueAt") DO NOTHING
        """;

    private const string TakeOver =
        $"""
        UPDATE {HoustonNames.ClusterSyncRun} SET "fencingToken" = "fencingToken" + 1, "leaseUntil" = {LeaseEnd}, replica = $1
        WHERE id = (
            SELECT id FROM {HoustonNames.ClusterSyncRun}
            WHERE outcome = 'RUNNING' AND {IsLeft}
            ORDER BY "dueAt" DESC LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING id, "dueAt", "fencingToken"
        """;

    private const string AnyLeft =
        $"""SELECT EXISTS (SELECT FROM {HoustonNames.ClusterSyncRun} WHERE outcome = 'RUNNING' AND {IsLeft})""";

    private const string Mine = """WHERE id = $1 AND "fencingToken" = $2 AND outcome = 'RUNNING'""";

    private const string Renew = $"""UPDATE {HoustonNames.ClusterSyncRun} SET "leaseUntil" = {LeaseEnd} {Mine}""";

    private const string Release = $"""UPDATE {HoustonNames.ClusterSyncRun} SET "leaseUntil" = clock_timestamp() {Mine}""";

    private const string End =
        $"""
        UPDATE {HoustonNames.ClusterSyncRun} SET outcome = $3, "endedAt" = $4, skipped = $5, suspect = $6
        WHERE id = $1 AND "fencingToken" = $2 AND (outcome = 'RUNNING' OR "endedAt" = $4)
        RETURNING successful, failed
        """;

    /// <summary>Begins the run of a tick.</summary>
    /// <returns>
    /// The run; null where another one is under way, or the tick had its run already. The latter is also the answer where an attempt
    /// had begun it without our hearing of it: its lease will end, and it will be taken over.
    /// </returns>
    public Task<SweepRun?> TryStartAsync(DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var run = new SweepRun(Guid.CreateVersion7(now), dueAt, FencingToken: 1);

        return retries.ExecuteAsync(
            async token =>
            {
                await using var batch = dataSources.Writes.CreateBatch();
                batch.BatchCommands.Add(new NpgsqlBatchCommand(LockStarts));
                batch.BatchCommands.Add(new NpgsqlBatchCommand(Redate) { Parameters = { Of(dueAt) } });
                var start = new NpgsqlBatchCommand(Start) { Parameters = { Of(run.Id), Of(dueAt), Of(now), Of(replica.Name) } };
                batch.BatchCommands.Add(start);
                await batch.ExecuteNonQueryAsync(token);
                return start.Rows > 0 ? run : null;
            },
            cancellationToken);
    }

    /// <summary>Takes a run whose holder was not heard of in time; from now on nothing that the old holder writes is taken.</summary>
    /// <returns>The run; null where there is none.</returns>
    public async Task<SweepRun?> TryTakeOverAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSources.Writes.CreateCommand(TakeOver);
        command.Parameters.Add(Of(replica.Name));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new SweepRun(reader.GetGuid(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetInt64(2))
            : null;
    }

    /// <summary>Whether there is a run whose holder was not heard of in time.</summary>
    public async Task<bool> IsAnyLeftAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSources.Writes.CreateCommand(AnyLeft);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Keeps the run.</summary>
    /// <returns>False where it is somebody else's, or has ended.</returns>
    public Task<bool> TryRenewAsync(SweepRun run, CancellationToken cancellationToken) => ChangeAsync(Renew, run, cancellationToken);

    /// <summary>Lets another replica take the run at once.</summary>
    public Task<bool> TryReleaseAsync(SweepRun run, CancellationToken cancellationToken) => ChangeAsync(Release, run, cancellationToken);

    /// <summary>Ends the run. Repeated where it is not known whether it was heard: the same end changes nothing.</summary>
    /// <returns>What was counted in it, by whichever replicas; null where it is somebody else's.</returns>
    public Task<(int Successful, int Failed)?> TryEndAsync(
        SweepRun run, ClusterSyncOutcome outcome, int skipped, bool suspect, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();

        return retries.ExecuteAsync(
            async token =>
            {
                await using var command = dataSources.Writes.CreateCommand(End);
                command.Parameters.AddRange(
                    new NpgsqlParameter[] { Of(run.Id), Of(run.FencingToken), Of(EnumTexts.Of(outcome)), Of(now), Of(skipped), Of(suspect) });
                await using var reader = await command.ExecuteReaderAsync(token);
                return await reader.ReadAsync(token) ? (reader.GetInt32(0), reader.GetInt32(1)) : ((int, int)?)null;
            },
            cancellationToken);
    }

    private async Task<bool> ChangeAsync(string sql, SweepRun run, CancellationToken cancellationToken)
    {
        await using var command = dataSources.Writes.CreateCommand(sql);
        command.Parameters.AddRange(new NpgsqlParameter[] { Of(run.Id), Of(run.FencingToken) });
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    private static NpgsqlParameter<T> Of<T>(T value) => new() { TypedValue = value };
}

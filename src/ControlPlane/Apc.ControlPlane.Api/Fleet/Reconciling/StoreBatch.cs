using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain.Clusters;
using Npgsql;
using NpgsqlTypes;

namespace Apc.ControlPlane.Api.Fleet.Reconciling;

/// <summary>A change of a cluster's status, as it was stored.</summary>
/// <param name="ClusterId">The cluster.</param>
/// <param name="Name">What it is called.</param>
/// <param name="To">The new status; it was the other one before.</param>
/// <param name="AuditId">The row of the audit that tells of it.</param>
/// <param name="Code">The cause.</param>
public sealed record StoredTransition(Guid ClusterId, string Name, ClusterStatus To, Guid AuditId, ProbeCode Code);

/// <summary>Stores results in one round trip and one transaction, or none of them.</summary>
internal static class StoreBatch
{
    /// <summary>Stores the results that are the newest of their clusters.</summary>
    /// <returns>The changes of status that they made.</returns>
    /// <exception cref="RunTakenOverException">Somebody else holds the run now; nothing was stored.</exception>
    /// <exception cref="PostgresException">The database refused something; nothing was stored.</exception>
    public static async Task<List<StoredTransition>> ExecuteAsync(
        NpgsqlDataSource database, IReadOnlyList<ProbedCluster> results, ChangeOrigin origin, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var auditIds = results.Select(_ => Guid.CreateVersion7(now)).ToArray();

        // Its statements run in one transaction: only the end of the batch ends it.
        await using var batch = database.CreateBatch();

        if (origin.Run is { } run)
        {
            batch.BatchCommands.Add(Command(ReconcileSql.HoldRun, Of(run.Id), Of(run.FencingToken)));
            batch.BatchCommands.Add(Command(ReconcileSql.AdvanceInRun, [.. Probes(results), Of(run.Id), Of(run.FencingToken)]));
        }
        else
        {
            batch.BatchCommands.Add(Command(ReconcileSql.Advance, Probes(results)));
        }

        batch.BatchCommands.Add(Command(ReconcileSql.Store, [.. Records(results, auditIds, now), .. Origin(origin)]));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);

        if (origin.Run is not null)
        {
            if (!await reader.ReadAsync(cancellationToken))
            {
                throw new RunTakenOverException();
            }

            await reader.NextResultAsync(cancellationToken);
        }

        return await ReadAsync(reader, results, auditIds, cancellationToken);
    }

    private static async Task<List<StoredTransition>> ReadAsync(
        NpgsqlDataReader reader, IReadOnlyList<ProbedCluster> results, Guid[] auditIds, CancellationToken cancellationToken)
    {
        var transitions = new List<StoredTransition>();

        while (await reader.ReadAsync(cancellationToken))
        {
            // Which of the results it was, counted from 1 as the database does.
            var index = (int)reader.GetInt64(0) - 1;
            var result = results[index];
            transitions.Add(new StoredTransition(
                result.Id, reader.GetString(1), result.Outcome.Status, auditIds[index], result.Outcome.Code));
        }

        return transitions;
    }

    private static NpgsqlParameter[] Probes(IReadOnlyList<ProbedCluster> results) =>
    [
        Column(results, r => r.Id, NpgsqlDbType.Uuid),
        Column(results, r => r.Number, NpgsqlDbType.Bigint),
        Column(results, r => r.Outcome.Code.IsAnswer(), NpgsqlDbType.Boolean),
        Column(results, r => r.At, NpgsqlDbType.TimestampTz),
    ];

    private static NpgsqlParameter[] Records(IReadOnlyList<ProbedCluster> results, Guid[] auditIds, DateTimeOffset now) =>
    [
        Column(results, r => r.Id, NpgsqlDbType.Uuid),
        Column(results, r => r.Number, NpgsqlDbType.Bigint),
        Column(results, r => r.At, NpgsqlDbType.TimestampTz),
        Column(results, r => EnumTexts.Of(r.Outcome.Status), NpgsqlDbType.Text),
        Column(results, r => r.Reason, NpgsqlDbType.Json),
        Column(results, r => r.Payload, NpgsqlDbType.Json),
        Column(results, r => r.Problems, NpgsqlDbType.Json),
        Column(results, r => r.Hash, NpgsqlDbType.Bigint),
        Column(results, r => r.Outcome.Payload?.K8sVersion, NpgsqlDbType.Text),
        Column(results, r => r.Outcome.Payload?.CloudProvider, NpgsqlDbType.Text),
        Column(results, r => r.Outcome.Payload?.Region, NpgsqlDbType.Text),
        Column(results, r => r.Outcome.Payload?.DpChartVersion, NpgsqlDbType.Text),
        Column(results, r => r.Outcome.Payload?.CommanderVersion, NpgsqlDbType.Text),
        Column(results, r => r.Outcome.Payload?.AirflowChartVersion, NpgsqlDbType.Text),
        Column(results, r => r.Outcome.Payload?.BaseDomain, NpgsqlDbType.Text),
        Column(results, r => r.Outcome.Payload?.DataplaneUrl, NpgsqlDbType.Text),
        Column(results, r => r.Outcome.Payload?.DataplaneId, NpgsqlDbType.Text),
        Column(results, _ => Guid.CreateVersion7(now), NpgsqlDbType.Uuid),
        new NpgsqlParameter<Guid[]> { TypedValue = auditIds, NpgsqlDbType = NpgsqlDbType.Uuid | NpgsqlDbType.Array },
    ];

    private static NpgsqlParameter[] Origin(ChangeOrigin origin) =>
    [
        Text(EnumTexts.Of(origin.Cause)),
        Text(origin.Actor),
        new NpgsqlParameter { Value = (object?)origin.Run?.Id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
        Text(EnumTexts.Of(origin.ActorKind)),
        new NpgsqlParameter { Value = (object?)origin.ActorId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
        Text(origin.ActorName),
        Text(origin.TokenId),
        Text(origin.Address),
        Text(origin.RequestId),
        Text(origin.Operation),
    ];

    private static NpgsqlBatchCommand Command(string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(parameters);
        return command;
    }

    private static NpgsqlParameter<T[]> Column<T>(IReadOnlyList<ProbedCluster> results, Func<ProbedCluster, T> value, NpgsqlDbType type)
    {
        var column = new T[results.Count];

        for (var i = 0; i < column.Length; i++)
        {
            column[i] = value(results[i]);
        }

        return new NpgsqlParameter<T[]> { TypedValue = column, NpgsqlDbType = type | NpgsqlDbType.Array };
    }

    private static NpgsqlParameter<Guid> Of(Guid value) => new() { TypedValue = value };

    private static NpgsqlParameter<long> Of(long value) => new() { TypedValue = value };

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}

/// <summary>The run of a sweep is another replica's now, or has ended; whoever gets this stops.</summary>
public sealed class RunTakenOverException() : Exception("The sweep was taken over by another replica.");

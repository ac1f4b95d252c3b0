using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain.Clusters;
using Npgsql;
using NpgsqlTypes;

namespace Apc.ControlPlane.Api.Fleet.Reconciling;

/// <summary>A change of a cluster's status that was stored.</summary>
/// <param name="To">The new status; before, it was the other one.</param>
/// <param name="AuditId">Its row in the audit trail.</param>
/// <param name="Code">The outcome of the probe that caused it.</param>
public sealed record StoredTransition(Guid ClusterId, string Name, ClusterStatus To, Guid AuditId, ProbeCode Code);

/// <summary>Stores results in one round trip and one transaction: all of them or none.</summary>
internal static class StoreBatch
{
    /// <summary>Stores those results that are the newest of their clusters.</summary>
    /// <returns>The changes of status that they made.</returns>
    /// <exception cref="RunTakenOverException">Another replica holds the run; nothing was stored.</exception>
    /// <exception cref="PostgresException">The database refused a statement; nothing was stored.</exception>
    public static async Task<List<StoredTransition>> ExecuteAsync(
        NpgsqlDataSource database,
        IReadOnlyList<ProbedCluster> results,
        ChangeOrigin origin,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var auditIds = results.Select(_ => Guid.CreateVersion7(now)).ToArray();

        // The statements of a batch run in one transaction.
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
            // The place of the result, which the database counts from 1.
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
        OrNull(origin.Run?.Id, NpgsqlDbType.Uuid),
        Text(EnumTexts.Of(origin.ActorKind)),
        OrNull(origin.ActorId, NpgsqlDbType.Uuid),
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
        => new() { TypedValue = [.. results.Select(value)], NpgsqlDbType = type | NpgsqlDbType.Array };

    private static NpgsqlParameter<T> Of<T>(T value) => new() { TypedValue = value };

    private static NpgsqlParameter Text(string? value) => OrNull(value, NpgsqlDbType.Text);

    private static NpgsqlParameter OrNull(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}

/// <summary>Another replica holds the run of the sweep, or it has ended: the work on it must stop.</summary>
public sealed class RunTakenOverException() : Exception("The sweep was taken over by another replica.");

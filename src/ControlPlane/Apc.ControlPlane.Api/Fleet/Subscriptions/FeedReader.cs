using System.Data;
using System.Numerics;
using Apc.ControlPlane.Api.Fleet.Clusters;
using Apc.ControlPlane.Api.Fleet.Sweeps;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain.Clusters;
using Npgsql;
using NpgsqlTypes;

namespace Apc.ControlPlane.Api.Fleet.Subscriptions;

/// <summary>Reads the changes for subscribers: once for all subscribers of a replica.</summary>
public sealed class FeedReader(FreshnessLimit freshness, TimeProvider clock)
{
    // A pass that breaks off begins again; it does not deliver a second time what it had delivered by then.
    private readonly HashSet<long> _delivered = [];

    /// <summary>Delivers the changes of status that were committed since a snapshot, in the order in which they were written.</summary>
    /// <param name="connection">A connection on which nothing else runs.</param>
    /// <param name="since">The snapshot; null for none, so that nothing is delivered.</param>
    /// <param name="subscribers">Asked once the new snapshot is taken: later subscribers get what it does not see.</param>
    /// <returns>The snapshot of this read, to be passed to the next call.</returns>
    public async Task<string> DeliverAsync(
        NpgsqlConnection connection, string? since, Func<IReadOnlyList<StatusSubscriber>> subscribers, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var (snapshot, follows) = await TakeAsync(connection, since, cancellationToken);
        var interested = subscribers();

        if (follows && interested.Count > 0)
        {
            await DeliverAsync(connection, since!, interested, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        _delivered.Clear();
        return snapshot;
    }

    /// <summary>The runs of these ids, as they are now.</summary>
    public static async Task<List<SyncRun>> ReadRunsAsync(NpgsqlConnection connection, Guid[] ids, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(FeedSql.Runs, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = ids });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var runs = new List<SyncRun>();

        while (await reader.ReadAsync(cancellationToken))
        {
            runs.Add(ReadRun(reader));
        }

        return runs;
    }

    private static async Task<(string Snapshot, bool Follows)> TakeAsync(
        NpgsqlConnection connection, string? since, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(FeedSql.Snapshot, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)since ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetString(0), reader.GetBoolean(1));
    }

    private async Task DeliverAsync(
        NpgsqlConnection connection, string since, IReadOnlyList<StatusSubscriber> subscribers, CancellationToken cancellationToken)
    {
        var columns = subscribers.Aggregate(ClusterColumns.Id, (all, subscriber) => all | subscriber.Columns);
        var first = BitOperations.PopCount((uint)columns);
        var rows = new ClusterRowReader(columns, freshness, clock.GetUtcNow());

        await using var command = new NpgsqlCommand(FeedSql.StatusChanges(columns), connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = since });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);

        while (await reader.ReadAsync(cancellationToken))
        {
            if (!_delivered.Add(reader.GetInt64(first)))
            {
                continue;
            }

            var cluster = rows.Read(reader);
            var transition = StatusTransitionReader.Read(reader, first + 1);
            var change = new ClusterStatusChange { Cluster = cluster, ClusterId = cluster.Id, Transition = transition };
            await Task.WhenAll(Waits(subscribers, change, cancellationToken));
        }
    }

    /// <summary>Puts the change into all inboxes. The tasks are those of subscribers whose inbox is full.</summary>
    private static List<Task> Waits(
        IReadOnlyList<StatusSubscriber> subscribers, ClusterStatusChange change, CancellationToken cancellationToken)
    {
        List<Task> waits = [];

        foreach (var subscriber in subscribers)
        {
            var told = subscriber.TellAsync(change, cancellationToken);

            if (!told.IsCompletedSuccessfully)
            {
                waits.Add(told.AsTask());
            }
        }

        return waits;
    }

    private static SyncRun ReadRun(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(0),
        DueAt = reader.GetFieldValue<DateTimeOffset>(1),
        StartedAt = reader.GetFieldValue<DateTimeOffset?>(2),
        EndedAt = reader.GetFieldValue<DateTimeOffset?>(3),
        Successful = reader.GetInt32(4),
        Failed = reader.GetInt32(5),
        Skipped = reader.GetInt32(6),
        Replica = reader.GetFieldValue<string?>(7),
        Outcome = EnumTexts.Parse<ClusterSyncOutcome>(reader.GetString(8)),
        Suspect = reader.GetBoolean(9),
    };
}

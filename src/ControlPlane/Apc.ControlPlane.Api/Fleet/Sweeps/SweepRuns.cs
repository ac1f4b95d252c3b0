using Apc.ControlPlane.Api.Common.Errors;
using Apc.ControlPlane.Api.Fleet.Reconciling;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain.Clusters;
using Npgsql;

namespace Apc.ControlPlane.Api.Fleet.Sweeps;

/// <summary>The rows by which replicas agree which of them carries a sweep. Leases are in the database's time, which all share.</summary>
public sealed class SweepRuns(ControlPlaneDataSources dataSources, DatabaseRetries retries, Replica replica, TimeProvider clock)
{
    /// <summary>Begins the run of a tick.</summary>
    /// <returns>
    /// The run; null if another run is under way, or the tick had its run already. The latter also if an attempt began the run and its
    /// answer was lost: its lease ends, and the run is taken over.
    /// </returns>
    public Task<SweepRun?> TryStartAsync(DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var run = new SweepRun(Guid.CreateVersion7(now), dueAt, FencingToken: 1);

        return retries.ExecuteAsync(
            async token =>
            {
                await using var batch = dataSources.Writes.CreateBatch();
                batch.BatchCommands.Add(new NpgsqlBatchCommand(SweepSql.LockStarts));
                batch.BatchCommands.Add(new NpgsqlBatchCommand(SweepSql.Redate) { Parameters = { Of(dueAt) } });
                var start = new NpgsqlBatchCommand(SweepSql.Start) { Parameters = { Of(run.Id), Of(dueAt), Of(now), Of(replica.Name) } };
                batch.BatchCommands.Add(start);
                await batch.ExecuteNonQueryAsync(token);
                return start.Rows > 0 ? run : null;
            },
            cancellationToken);
    }

    /// <summary>Takes over a run whose lease has run out; the old holder's writes are refused from now on.</summary>
    /// <returns>The run; null if there is no such run.</returns>
    public async Task<SweepRun?> TryTakeOverAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSources.Writes.CreateCommand(SweepSql.TakeOver);
        command.Parameters.Add(Of(replica.Name));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new SweepRun(reader.GetGuid(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetInt64(2))
            : null;
    }

    /// <summary>Whether there is a run whose lease has run out.</summary>
    public async Task<bool> IsAnyLeftAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSources.Writes.CreateCommand(SweepSql.AnyLeft);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Renews the lease of the run.</summary>
    /// <returns>False if another replica holds the run, or it has ended.</returns>
    public Task<bool> TryRenewAsync(SweepRun run, CancellationToken cancellationToken)
        => ChangeAsync(SweepSql.Renew, run, cancellationToken);

    /// <summary>Lets another replica take the run at once.</summary>
    public Task<bool> TryReleaseAsync(SweepRun run, CancellationToken cancellationToken)
        => ChangeAsync(SweepSql.Release, run, cancellationToken);

    /// <summary>Ends the run. Repeated if an answer is lost: the same end again changes nothing.</summary>
    /// <returns>What all replicas counted in it; null if another replica holds the run.</returns>
    public Task<(int Successful, int Failed)?> TryEndAsync(
        SweepRun run, ClusterSyncOutcome outcome, int skipped, bool suspect, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();

        return retries.ExecuteAsync(
            async token =>
            {
                await using var command = dataSources.Writes.CreateCommand(SweepSql.End);
                command.Parameters.AddRange(new NpgsqlParameter[]
                {
                    Of(run.Id), Of(run.FencingToken), Of(EnumTexts.Of(outcome)), Of(now), Of(skipped), Of(suspect),
                });
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

/// <summary>Renews the lease of a run while it is carried.</summary>
public sealed partial class SweepLease : IAsyncDisposable
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(3);

    private readonly SweepRuns _runs;
    private readonly SweepRun _run;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _lost;
    private readonly Task _renewing;

    public SweepLease(SweepRuns runs, SweepRun run, TimeProvider clock, ILogger logger, CancellationToken cancellationToken)
    {
        (_runs, _run, _clock, _logger) = (runs, run, clock, logger);
        _lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _renewing = Task.Run(RenewAsync, CancellationToken.None);
    }

    /// <summary>Cancelled when another replica holds the run, or may hold it: the work must stop. Also when the host stops.</summary>
    public CancellationToken Lost => _lost.Token;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _renewing;
        _stop.Dispose();
        _lost.Dispose();
    }

    private async Task RenewAsync()
    {
        var renewed = _clock.GetTimestamp();

        try
        {
            while (true)
            {
                await Task.Delay(RenewEvery, _clock, _stop.Token);

                // Measured before the statement: the lease begins at some moment after it.
                var asked = _clock.GetTimestamp();

                switch (await TryRenewAsync())
                {
                    case true:
                        renewed = asked;
                        break;
                    case false:
                    case null when _clock.GetElapsedTime(renewed) > SweepSql.Lease:
                        LogLost();
                        await _lost.CancelAsync();
                        return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The work is done.
        }
    }

    /// <returns>Whether this replica still holds the run; null if the database does not answer.</returns>
    private async Task<bool?> TryRenewAsync()
    {
        try
        {
            return await _runs.TryRenewAsync(_run, _stop.Token);
        }
        catch (Exception e) when (e is NpgsqlException || DatabaseOutage.Is(e))
        {
            LogUnanswered(e.GetBaseException().Message);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The lease of the sweep could not be renewed: {Reason}")]
    private partial void LogUnanswered(string reason);

    [LoggerMessage(LogLevel.Warning, "The lease of the sweep is lost; another replica carries on.")]
    private partial void LogLost();
}

/// <summary>This process, one of those that share the database.</summary>
/// <param name="Name">Host and process, as operators see them.</param>
public sealed record Replica(string Name)
{
    public static Replica This { get; } = new($"{Environment.MachineName}:{Environment.ProcessId}");
}

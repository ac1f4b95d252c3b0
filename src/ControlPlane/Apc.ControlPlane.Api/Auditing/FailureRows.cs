using System.Security.Cryptography;
using System.Threading.Channels;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain.Audits;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Auditing;

/// <summary>
/// Stores the rows of failures in the background. Failures of one kind within <see cref="Window"/> share one row, which has their number.
/// </summary>
/// <remarks>Each lane has memory and a queue of its own. A lost row is counted and logged; the line of its failed change exists.</remarks>
public sealed partial class FailureRows(
    IDbContextFactory<ControlPlaneDbContext> contexts, AuditMetrics metrics, TimeProvider clock, ILogger<FailureRows> logger)
    : BackgroundService
{
    /// <summary>Rows that may wait in each lane.</summary>
    public const int MaxWaiting = 1_000;

    /// <summary>How long failures of one kind share a row.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private const int MaxBatch = 100;

    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PatienceAtTheEnd = TimeSpan.FromSeconds(5);

    // In the order of FailureLane, which is also the order in which rows are stored.
    private readonly FailureKinds[] _lanes = [new(max: 5_000), new(max: 1_000), new(max: 500), new(max: 200)];
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(1);
    private readonly Lock _lock = new();
    private int _unsettled;

    /// <summary>Rows that are neither stored nor lost yet.</summary>
    public int Waiting => Volatile.Read(ref _unsettled);

    /// <summary>Adds the row of a failed change.</summary>
    public void Add(AuditLog row, FailureLane lane)
        => Add(new FailureKind(row.ActorId.ToString(), row.Action, row.ErrorCode, Fingerprint(row)), lane, () => row);

    /// <summary>Counts a failure.</summary>
    /// <param name="describe">Makes the row; not called if the failure is counted in an existing one.</param>
    /// <returns>The new row; null if none was made or kept.</returns>
    public AuditLog? Add(FailureKind kind, FailureLane lane, Func<AuditLog> describe)
    {
        var kinds = _lanes[(int)lane];

        lock (_lock)
        {
            if (kinds.Add(kind, clock.GetUtcNow(), describe) is not { } made)
            {
                return null;
            }

            if (kinds.Waiting.Count < MaxWaiting)
            {
                kinds.Waiting.Enqueue(made);
                _unsettled++;
                _wake.Writer.TryWrite(true);
                return made.Row;
            }

            made.Forget();
        }

        metrics.LostRows(1, "queue");
        LogQueueFull(kind.Action, kind.Who);
        return null;
    }

    /// <summary>Stores the waiting rows before the host ends, within a few seconds.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _wake.Writer.TryComplete();

        try
        {
            await (ExecuteTask ?? Task.CompletedTask).WaitAsync(PatienceAtTheEnd, cancellationToken);
            await CountAsync(cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // Rows that still wait are counted as lost below.
        }

        await base.StopAsync(cancellationToken);

        if (Waiting > 0)
        {
            metrics.LostRows(Waiting, "database");
            LogNotStored(Waiting, null);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(CountEvery, clock);
        var counting = CountAllAsync(timer, stoppingToken);

        while (await _wake.Reader.WaitToReadAsync(stoppingToken))
        {
            _wake.Reader.TryRead(out _);

            while (TakeWaiting() is { Count: > 0 } batch)
            {
                await StoreAsync(batch, stoppingToken);
            }
        }

        // Ends the loop below.
        timer.Dispose();
        await counting;
    }

    private async Task CountAllAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await CountAsync(cancellationToken);
        }
    }

    /// <summary>The same for a repeated attempt; different for an attempt with other arguments.</summary>
    private static string Fingerprint(AuditLog row)
        => $"{row.Operation} {row.EntityId} {Convert.ToHexString(SHA256.HashData(row.Variables ?? []))}";

    private List<CountedFailure> TakeWaiting()
    {
        var batch = new List<CountedFailure>();

        lock (_lock)
        {
            foreach (var kinds in _lanes)
            {
                while (batch.Count < MaxBatch && kinds.Waiting.TryDequeue(out var failure))
                {
                    (failure.Row.Count, failure.Row.LastAt) = (failure.Count, failure.LastAt);
                    batch.Add(failure);
                }
            }
        }

        return batch;
    }

    private async Task StoreAsync(List<CountedFailure> batch, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            db.AuditLogs.AddRange(batch.Select(failure => failure.Row));
            await db.SaveChangesAsync(cancellationToken);
            Settle(batch, failure => failure.StoredCount = failure.Row.Count);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            metrics.LostRows(batch.Count, "database");
            LogNotStored(batch.Count, e);
            Settle(batch, failure => failure.Forget());
        }
    }

    private void Settle(List<CountedFailure> batch, Action<CountedFailure> settle)
    {
        lock (_lock)
        {
            batch.ForEach(settle);
            _unsettled -= batch.Count;
        }
    }

    /// <summary>Updates the counts of stored rows. Rows whose update fails are updated with the next ones.</summary>
    private async Task CountAsync(CancellationToken cancellationToken)
    {
        (CountedFailure Failure, int Count, DateTimeOffset LastAt)[] behind;

        lock (_lock)
        {
            var now = clock.GetUtcNow();
            behind = [.. _lanes.SelectMany(kinds => kinds.Behind(now)).Select(failure => (failure, failure.Count, failure.LastAt))];
        }

        if (behind.Length == 0)
        {
            return;
        }

        Guid[] ids = [.. behind.Select(row => row.Failure.Row.Id)];
        int[] counts = [.. behind.Select(row => row.Count)];
        DateTimeOffset[] times = [.. behind.Select(row => row.LastAt)];

        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await db.Database.ExecuteSqlRawAsync(AuditLogSql.SetCounts, [ids, counts, times], cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNotCounted(behind.Length, e);
            return;
        }

        lock (_lock)
        {
            Array.ForEach(behind, row => row.Failure.StoredCount = row.Count);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Rows} audit rows of failed operations were not stored. The lines of changes were written.")]
    private partial void LogNotStored(int rows, Exception? exception);

    [LoggerMessage(LogLevel.Error, "The audit row of a failed {Action} of {Who} was not stored, because too many are waiting.")]
    private partial void LogQueueFull(string action, string? who);

    [LoggerMessage(LogLevel.Warning, "The numbers of {Rows} audit rows of failed operations are behind; it is tried again.")]
    private partial void LogNotCounted(int rows, Exception exception);
}

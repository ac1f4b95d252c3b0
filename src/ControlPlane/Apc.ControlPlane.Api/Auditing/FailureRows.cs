using System.Security.Cryptography;
using System.Threading.Channels;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain.Audits;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Auditing;

/// <summary>Stores the rows of failures: never while a caller waits, and one for all failures of a kind within <see cref="Window"/>, which has their number.</summary>
/// <remarks>
/// Each lane has room of its own, so that no flood of one takes it from another: neither in memory, nor in the queue. A row that is lost is counted and logged;
/// that of a change has left its line all the same.
/// </remarks>
public sealed partial class FailureRows(
    IDbContextFactory<ControlPlaneDbContext> contexts, AuditMetrics metrics, TimeProvider clock, ILogger<FailureRows> logger) : BackgroundService
{
    /// <summary>Rows that may wait, in each lane.</summary>
    public const int MaxWaiting = 1_000;

    /// <summary>How long failures of one kind share a row.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>How often the numbers of rows that are stored are brought up to date.</summary>
    public static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(5);

    private const int MaxBatch = 100;

    private static readonly TimeSpan PatienceAtTheEnd = TimeSpan.FromSeconds(5);

    // In the order of FailureLane, which is also that in which they are stored.
    private readonly Lane[] _lanes = [new(maxKinds: 5_000), new(maxKinds: 1_000), new(maxKinds: 500), new(maxKinds: 200)];
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _lock = new();
    private int _unsettled;

    /// <summary>Rows that are neither stored nor lost yet.</summary>
    public int Waiting => Volatile.Read(ref _unsettled);

    /// <summary>Hands over the row of a failed change.</summary>
    public void Add(AuditLog row, FailureLane lane)
        => Add(new FailureKind(row.ActorId.ToString(), row.Action, row.ErrorCode, Fingerprint(row)), lane, () => row);

    /// <summary>Counts a failure.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="lane">Where it has room.</param>
    /// <param name="describe">Makes the row; not called where there is one to count it in.</param>
    /// <returns>The row where one was made.</returns>
    public AuditLog? Add(FailureKind kind, FailureLane lane, Func<AuditLog> describe)
    {
        var (kinds, waiting) = _lanes[(int)lane];
        CountedFailure? made;
        bool hasRoom;

        lock (_lock)
        {
            made = kinds.Add(kind, clock.GetUtcNow(), describe);

            if (made is null)
            {
                return null;
            }

            hasRoom = waiting.Count < MaxWaiting;

            if (hasRoom)
            {
                waiting.Enqueue(made);
                _unsettled++;
            }
            else
            {
                kinds.Forget(made);
            }
        }

        if (hasRoom)
        {
            _wake.Writer.TryWrite(true);
            return made.Row;
        }

        metrics.LostRows(1, "queue");
        LogQueueFull(kind.Action, kind.Who);
        return null;
    }

    /// <summary>Stores what waits before the host ends, for a few seconds.</summary>
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
            // What still waits is lost below.
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
        using var counting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var counted = CountAllAsync(counting.Token);

        while (await _wake.Reader.WaitToReadAsync(stoppingToken))
        {
            _wake.Reader.TryRead(out _);

            while (TakeWaiting() is { Count: > 0 } batch)
            {
                await StoreAsync(batch, stoppingToken);
            }
        }

        await counting.CancelAsync();
        await counted;
    }

    /// <summary>The same for what was tried again; another for what was tried with other arguments.</summary>
    private static string Fingerprint(AuditLog row) => $"{row.Operation} {row.EntityId} {Convert.ToHexString(SHA256.HashData(row.Variables ?? []))}";

    private List<(CountedFailure Failure, FailureKinds Kinds)> TakeWaiting()
    {
        var batch = new List<(CountedFailure, FailureKinds)>();

        lock (_lock)
        {
            foreach (var (kinds, waiting) in _lanes)
            {
                while (batch.Count < MaxBatch && waiting.TryDequeue(out var failure))
                {
                    failure.Row.Count = failure.Count;
                    failure.Row.LastAt = failure.LastAt;
                    batch.Add((failure, kinds));
                }
            }
        }

        return batch;
    }

    private async Task StoreAsync(List<(CountedFailure Failure, FailureKinds Kinds)> batch, CancellationToken cancellationToken)
    {
        var isStored = false;

        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            db.AuditLogs.AddRange(batch.Select(waiting => waiting.Failure.Row));
            await db.SaveChangesAsync(cancellationToken);
            isStored = true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            metrics.LostRows(batch.Count, "database");
            LogNotStored(batch.Count, e);
        }

        lock (_lock)
        {
            foreach (var (failure, kinds) in batch)
            {
                if (isStored)
                {
                    failure.StoredCount = failure.Row.Count;
                }
                else
                {
                    kinds.Forget(failure);
                }
            }

            _unsettled -= batch.Count;
        }
    }

    private async Task CountAllAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(CountEvery, clock);

        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await CountAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host ends.
        }
    }

    /// <summary>Brings the numbers of the stored rows up to date; what fails is tried again with the next.</summary>
    private async Task CountAsync(CancellationToken cancellationToken)
    {
        List<(CountedFailure Failure, int Count, DateTimeOffset LastAt)> behind;

        lock (_lock)
        {
            behind = [.. _lanes.SelectMany(lane => lane.Kinds.Behind(clock.GetUtcNow())).Select(failure => (failure, failure.Count, failure.LastAt))];
        }

        if (behind.Count == 0)
        {
            return;
        }

        var ids = behind.ConvertAll(row => row.Failure.Row.Id).ToArray();
        var counts = behind.ConvertAll(row => row.Count).ToArray();
        var times = behind.ConvertAll(row => row.LastAt).ToArray();

        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await db.Database.ExecuteSqlRawAsync(AuditLogSql.SetCounts, [ids, counts, times], cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNotCounted(behind.Count, e);
            return;
        }

        lock (_lock)
        {
            behind.ForEach(row => row.Failure.StoredCount = row.Count);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Rows} audit rows of failed operations were not stored. The lines of changes were written.")]
    private partial void LogNotStored(int rows, Exception? exception);

    [LoggerMessage(LogLevel.Error, "The audit row of a failed {Action} of {Who} was not stored, because too many are waiting.")]
    private partial void LogQueueFull(string action, string? who);

    [LoggerMessage(LogLevel.Warning, "The numbers of {Rows} audit rows of failed operations are behind; it is tried again.")]
    private partial void LogNotCounted(int rows, Exception exception);

    private sealed record Lane(FailureKinds Kinds, Queue<CountedFailure> Waiting)
    {
        public Lane(int maxKinds)
            : this(new FailureKinds(maxKinds), new Queue<CountedFailure>())
        {
        }
    }
}

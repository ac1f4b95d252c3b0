using System.Threading.Channels;
using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Audits;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Apc.ControlPlane.Api.Auditing;

/// <summary>Stores the rows of failed operations: never while a caller waits, and never more than there is room for.</summary>
/// <remarks>A row that is lost is counted and logged; its line was written all the same.</remarks>
public sealed partial class FailureRows(
    IDbContextFactory<ControlPlaneDbContext> contexts, AuditMetrics metrics, TimeProvider clock, ILogger<FailureRows> logger) : BackgroundService
{
    /// <summary>Rows that may wait.</summary>
    public const int MaxWaiting = 1_000;

    /// <summary>Rows of one actor within <see cref="Window"/>: nobody fills the database by failing.</summary>
    public const int MaxPerActor = 300;

    /// <summary>How long a row counts against its actor.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private const int MaxBatch = 100;

    private static readonly TimeSpan PatienceAtTheEnd = TimeSpan.FromSeconds(5);

    private readonly Channel<AuditLog> _rows = Channel.CreateBounded<AuditLog>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly FailureWindows _actors = new(MaxPerActor, Window);
    private readonly Lock _lock = new();
    private int _unsettled;

    /// <summary>Rows that are neither stored nor lost yet.</summary>
    public int Waiting => Volatile.Read(ref _unsettled);

    /// <summary>Hands a row over.</summary>
    public void Add(AuditLog row)
    {
        if (!IsAdmitted(row.ActorId.ToString()!))
        {
            metrics.LostRows(1, "actor");
            LogTooMany(row.ActorId, MaxPerActor);
            return;
        }

        Interlocked.Increment(ref _unsettled);

        if (!_rows.Writer.TryWrite(row))
        {
            Interlocked.Decrement(ref _unsettled);
            metrics.LostRows(1, "queue");
            LogQueueFull(row.Action, row.ActorId);
        }
    }

    /// <summary>Stores what waits before the host ends, for a few seconds.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _rows.Writer.TryComplete();

        try
        {
            await (ExecuteTask ?? Task.CompletedTask).WaitAsync(PatienceAtTheEnd, cancellationToken);
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
        var batch = new List<AuditLog>(MaxBatch);

        while (await _rows.Reader.WaitToReadAsync(stoppingToken))
        {
            while (batch.Count < MaxBatch && _rows.Reader.TryRead(out var row))
            {
                batch.Add(row);
            }

            await StoreAsync(batch, stoppingToken);
            Interlocked.Add(ref _unsettled, -batch.Count);
            batch.Clear();
        }
    }

    private bool IsAdmitted(string actor)
    {
        var now = clock.GetUtcNow();

        lock (_lock)
        {
            if (_actors.Wait(actor, now) > TimeSpan.Zero)
            {
                return false;
            }

            _actors.Add(actor, now);
            return true;
        }
    }

    private async Task StoreAsync(List<AuditLog> rows, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            db.AuditLogs.AddRange(rows);
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (Exception e) when (e is DbUpdateException or NpgsqlException or InvalidOperationException)
        {
            metrics.LostRows(rows.Count, "database");
            LogNotStored(rows.Count, e);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Rows} audit rows of failed operations were not stored. Their lines were written.")]
    private partial void LogNotStored(int rows, Exception? exception);

    [LoggerMessage(LogLevel.Error, "The audit row of a failed {Action} of {ActorId} was not stored, because too many are waiting. Its line was written.")]
    private partial void LogQueueFull(string action, Guid? actorId);

    [LoggerMessage(LogLevel.Warning, "An audit row of a failed operation of {ActorId} was not stored: there are {Limit} in five minutes. Its line was written.")]
    private partial void LogTooMany(Guid? actorId, int limit);
}

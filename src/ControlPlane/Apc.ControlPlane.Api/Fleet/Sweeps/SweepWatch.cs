using Apc.ControlPlane.Api.Fleet.Reconciling;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Apc.ControlPlane.Api.Fleet.Sweeps;

/// <summary>Looks every minute, and at each request for readiness, whether sweeps come as scheduled.</summary>
public sealed partial class SweepWatch(
    ControlPlaneDataSources dataSources,
    IOptions<SyncDataplaneClustersOptions> options,
    ClusterMetrics metrics,
    TimeProvider clock,
    ILogger<SweepWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    // A sweep may take longer than a short period.
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromMinutes(1);

    private readonly long _startedAt = clock.GetTimestamp();
    private bool _wasOverdue;

    /// <summary>The tick that was due two periods ago or earlier and had no sweep; null if there is none, or the schedule is off.</summary>
    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    public async Task<DateTimeOffset?> FindOverdueAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Parsed is not { } schedule)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var (last, isRunning) = await ReadAsync(now, cancellationToken);
        var due = schedule.Cron.GetNextValidTimeAfter(last ?? now - clock.GetElapsedTime(_startedAt));
        var delay = 2 * schedule.Period(now);
        var isOverdue = !isRunning && due < now - (delay < ShortestDelay ? ShortestDelay : delay);
        metrics.Overdue(isOverdue);
        return isOverdue ? due : null;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);

        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var overdue = await FindOverdueAsync(stoppingToken);

                if (overdue is { } due && !_wasOverdue)
                {
                    LogOverdue(due);
                }

                _wasOverdue = overdue is not null;
            }
            catch (NpgsqlException e)
            {
                LogFailed(e.GetBaseException().Message);
            }
        }
    }

    private async Task<(DateTimeOffset? Last, bool IsRunning)> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSources.Writes.CreateCommand(SweepSql.Last);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetFieldValue<DateTimeOffset?>(0), reader.GetBoolean(1));
    }

    [LoggerMessage(LogLevel.Warning, "No sweep has begun since the one that was due at {DueAt:o}.")]
    private partial void LogOverdue(DateTimeOffset dueAt);

    [LoggerMessage(LogLevel.Debug, "Whether a sweep is overdue could not be looked at: {Reason}")]
    private partial void LogFailed(string reason);
}

/// <summary>Whether sweeps come as scheduled. An overdue sweep is a degradation, because requests are still answered.</summary>
internal sealed class SweepHealthCheck(SweepWatch watch) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var overdue = await watch.FindOverdueAsync(cancellationToken).WaitAsync(Patience, TimeProvider.System, cancellationToken);
            return overdue is { } due
                ? HealthCheckResult.Degraded(
                    FormattableString.Invariant($"The sweep that was due at {due:yyyy-MM-dd'T'HH:mm:ss'Z'} has not begun."))
                : HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return HealthCheckResult.Degraded("Whether sweeps are overdue is not known: the database does not answer.");
        }
    }
}

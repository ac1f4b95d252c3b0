using System.Diagnostics.Metrics;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Apc.ControlPlane.Api.Common.Time;

/// <summary>
/// Measures the offset of this machine's clock from the database's: at the start, every minute, and after the clock has jumped.
/// </summary>
public sealed partial class ClockWatch : BackgroundService
{
    public const string MeterName = "Apc.ControlPlane.Time";

    /// <summary>A larger offset is logged, and the health check is degraded.</summary>
    public static readonly TimeSpan ReportedBeyond = TimeSpan.FromSeconds(1);

    /// <summary>A replica with a larger offset is not ready.</summary>
    public static readonly TimeSpan RefusedBeyond = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan MeasuredEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Jump = TimeSpan.FromSeconds(0.5);

    private readonly ControlPlaneDataSources _dataSources;
    private readonly DatabaseClock? _clock;
    private readonly TimeProvider _machine;
    private readonly ILogger<ClockWatch> _logger;
    private volatile Measurement? _last;

    public ClockWatch(ControlPlaneDataSources dataSources, TimeProvider clock, IMeterFactory meters, ILogger<ClockWatch> logger)
    {
        (_dataSources, _clock, _logger) = (dataSources, clock as DatabaseClock, logger);
        _machine = _clock?.Machine ?? clock;
        meters.Create(MeterName).CreateObservableGauge(
            "apc.clock.offset",
            () => _last is { } last ? [new Measurement<double>(last.Offset.TotalSeconds)] : Array.Empty<Measurement<double>>(),
            "s",
            "How far this replica's clock is ahead of the database's; below zero where it is behind.");
    }

    /// <summary>
    /// By how much this machine's clock is at least ahead of the database's; negative if it is behind; null before it was measured.
    /// </summary>
    public TimeSpan? Offset => _last?.Certain;

    /// <exception cref="NpgsqlException">The database does not answer; the last measurement stays.</exception>
    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _dataSources.Writes.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(ServerSql.Clock, connection);
        var (wall, sent) = (_machine.GetUtcNow(), _machine.GetTimestamp());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var half = _machine.GetElapsedTime(sent) / 2;

        // The database read its clock between sending and receiving: half-way, with an error of at most that half.
        var database = reader.GetFieldValue<DateTimeOffset>(0);
        var measured = new Measurement(wall + half - database, half, wall, sent);
        _clock?.Set(database + half, half);
        Report(_last?.Certain ?? TimeSpan.Zero, measured.Certain);
        _last = measured;
    }

    /// <summary>A sentence about an offset; null if it is small.</summary>
    internal static string? Describe(TimeSpan offset)
    {
        var direction = offset > TimeSpan.Zero ? "ahead of" : "behind";
        return offset.Duration() <= ReportedBeyond
            ? null
            : FormattableString.Invariant($"This replica's clock is {offset.Duration().TotalSeconds:0.0} s {direction} the database's.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, _machine);

        do
        {
            if (!IsDue())
            {
                continue;
            }

            try
            {
                await MeasureAsync(stoppingToken);
            }
            catch (NpgsqlException e)
            {
                LogUnmeasured(e.GetBaseException().Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private bool IsDue()
    {
        if (_last is not { } last)
        {
            return true;
        }

        var elapsed = _machine.GetElapsedTime(last.Sent);
        return elapsed >= MeasuredEvery || (_machine.GetUtcNow() - last.Wall - elapsed).Duration() > Jump;
    }

    private void Report(TimeSpan before, TimeSpan now)
    {
        var (wasFar, isFar) = (before.Duration() > ReportedBeyond, now.Duration() > ReportedBeyond);

        if (isFar && (!wasFar || (before.Duration() > RefusedBeyond) != (now.Duration() > RefusedBeyond)))
        {
            LogFar(now.TotalSeconds);
        }
        else if (wasFar && !isFar)
        {
            LogNear();
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "This machine's clock is {Seconds:0.0} s ahead of the database's, or behind where that is below zero. "
            + "The database's is used; set this one right.")]
    private partial void LogFar(double seconds);

    [LoggerMessage(LogLevel.Information, "This machine's clock and the database's are less than a second apart again.")]
    private partial void LogNear();

    [LoggerMessage(LogLevel.Debug, "The database's clock could not be read: {Reason}")]
    private partial void LogUnmeasured(string reason);

    /// <param name="Offset">By how much this machine's clock seems to be ahead.</param>
    /// <param name="Doubt">The largest error of the offset.</param>
    /// <param name="Wall">This machine's clock at that time.</param>
    /// <param name="Sent">Its timestamp at that time.</param>
    private sealed record Measurement(TimeSpan Offset, TimeSpan Doubt, DateTimeOffset Wall, long Sent)
    {
        public TimeSpan Certain => Offset.Duration() <= Doubt ? TimeSpan.Zero : Offset - (Math.Sign(Offset.Ticks) * Doubt);
    }
}

/// <summary>Whether this machine's clock agrees with the database's.</summary>
internal sealed class ClockHealthCheck(ClockWatch watch) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        => Task.FromResult(watch.Offset is not { } offset || ClockWatch.Describe(offset) is not { } problem ? HealthCheckResult.Healthy()
            : offset.Duration() > ClockWatch.RefusedBeyond ? HealthCheckResult.Unhealthy(problem)
            : HealthCheckResult.Degraded(problem));
}

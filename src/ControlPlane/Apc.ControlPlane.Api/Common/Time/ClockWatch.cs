using System.Diagnostics.Metrics;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Npgsql;

namespace Apc.ControlPlane.Api.Common.Time;

/// <summary>Measures at the start, every minute, and when this machine's clock has jumped, how far it is from the database's.</summary>
public sealed partial class ClockWatch : BackgroundService
{
    public const string MeterName = "Apc.ControlPlane.Time";

    /// <summary>An offset beyond this is told.</summary>
    public static readonly TimeSpan ToldBeyond = TimeSpan.FromSeconds(1);

    /// <summary>A replica whose offset is beyond this is not ready.</summary>
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

    /// <summary>How far this machine's clock is certainly ahead of the database's, or behind where it is below zero; null before it was measured.</summary>
    public TimeSpan? Offset => _last?.Certain;

    /// <summary>Measures now.</summary>
    /// <exception cref="NpgsqlException">The database does not answer; what was measured before holds.</exception>
    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _dataSources.Writes.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(ServerSql.Clock, connection);
        var (wall, sent) = (_machine.GetUtcNow(), _machine.GetTimestamp());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var half = _machine.GetElapsedTime(sent) / 2;

        // The answer was written somewhere between: half-way, give or take that half.
        var database = reader.GetFieldValue<DateTimeOffset>(0);
        var measured = new Measurement(wall + half - database, half, wall, sent);
        _clock?.Set(database + half, half);
        Tell(_last?.Certain ?? TimeSpan.Zero, measured.Certain);
        _last = measured;
    }

    /// <summary>What is to be said of an offset; null where it is small.</summary>
    internal static string? Describe(TimeSpan offset)
        => offset.Duration() <= ToldBeyond
            ? null
            : FormattableString.Invariant($"This replica's clock is {offset.Duration().TotalSeconds:0.0} s {(offset > TimeSpan.Zero ? "ahead of" : "behind")} the database's.");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, _machine);

        do
        {
            if (IsDue())
            {
                await TryMeasureAsync(stoppingToken);
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

    private async Task TryMeasureAsync(CancellationToken cancellationToken)
    {
        try
        {
            await MeasureAsync(cancellationToken);
        }
        catch (NpgsqlException e)
        {
            LogUnmeasured(e.GetBaseException().Message);
        }
    }

    private void Tell(TimeSpan before, TimeSpan now)
    {
        var (wasFar, isFar) = (before.Duration() > ToldBeyond, now.Duration() > ToldBeyond);

        if (isFar && (!wasFar || (before.Duration() > RefusedBeyond) != (now.Duration() > RefusedBeyond)))
        {
            LogFar(now.TotalSeconds);
        }
        else if (wasFar && !isFar)
        {
            LogNear();
        }
    }

    [LoggerMessage(LogLevel.Warning, "This machine's clock is {Seconds:0.0} s ahead of the database's, or behind where that is below zero. The database's is used; set this one right.")]
    private partial void LogFar(double seconds);

    [LoggerMessage(LogLevel.Information, "This machine's clock and the database's are less than a second apart again.")]
    private partial void LogNear();

    [LoggerMessage(LogLevel.Debug, "The database's clock could not be read: {Reason}")]
    private partial void LogUnmeasured(string reason);

    /// <param name="Offset">By how much this machine's clock seems to be ahead.</param>
    /// <param name="Doubt">By how much that may be wrong.</param>
    /// <param name="Wall">This machine's clock when it was measured.</param>
    /// <param name="Sent">Its timestamp then.</param>
    private sealed record Measurement(TimeSpan Offset, TimeSpan Doubt, DateTimeOffset Wall, long Sent)
    {
        public TimeSpan Certain => Offset.Duration() <= Doubt ? TimeSpan.Zero : Offset - (Math.Sign(Offset.Ticks) * Doubt);
    }
}

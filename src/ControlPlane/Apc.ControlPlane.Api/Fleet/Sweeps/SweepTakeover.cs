using Apc.ControlPlane.Api.Common.Errors;
using Apc.ControlPlane.Api.Fleet.Reconciling;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Apc.ControlPlane.Api.Fleet.Sweeps;

/// <summary>Looks every 5 seconds for a run whose replica is gone, and carries on with it.</summary>
public sealed partial class SweepTakeover(
    ClusterSweep sweep, SweepRuns runs, IOptions<SyncDataplaneClustersOptions> options, TimeProvider clock, ILogger<SweepTakeover> logger)
    : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    /// <summary>Takes over a run that was left, if there is one.</summary>
    /// <returns>How the last run carried ended; null if no run was left, or another replica was quicker.</returns>
    public async Task<SweepReport?> LookAsync(CancellationToken cancellationToken)
    {
        if (!await runs.IsAnyLeftAsync(cancellationToken) || await sweep.TakeOverAsync(cancellationToken) is not { } left)
        {
            return null;
        }

        // A tick that came while the dead replica still held its run had no run of its own: it gets one now.
        var now = clock.GetUtcNow();
        return options.Value.Parsed?.LatestTick(now) is { } tick && (left.DueAt < tick || left.DueAt > now)
            ? await sweep.RunAsync(tick, cancellationToken) ?? left
            : left;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);

        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or RunTakenOverException || DatabaseOutage.Is(e))
            {
                LogFailed(e);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "An abandoned sweep could not be carried on now.")]
    private partial void LogFailed(Exception exception);
}

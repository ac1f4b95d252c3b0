using Microsoft.Extensions.Options;
using Quartz;

namespace Apc.ControlPlane.Api.Fleet.Sweeps;

/// <summary>Sweeps the fleet on schedule.</summary>
/// <remarks>The scheduler may fire twice, on two replicas, or late; the run of a tick still begins once.</remarks>
[DisallowConcurrentExecution]
public sealed partial class ReconcileClustersJob(
    ClusterSweep sweep, IOptions<SyncDataplaneClustersOptions> options, TimeProvider clock, ILogger<ReconcileClustersJob> logger) : IJob
{
    public static readonly JobKey Key = new("reconcile-clusters", "clusters");

    private static readonly TimeSpan EarliestFiring = TimeSpan.FromSeconds(5);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (options.Value.Parsed is not { } schedule)
        {
            // The trigger was stored while the schedule was on.
            await context.Scheduler.UnscheduleJob(context.Trigger.Key, cancellationToken);
            return;
        }

        // A scheduler may fire some milliseconds early. A late firing answers the latest tick, not the one that was missed. A time far
        // ahead is wrong.
        var now = clock.GetUtcNow();
        var fired = context.ScheduledFireTimeUtc is { } scheduled && scheduled > now && scheduled - now < EarliestFiring ? scheduled : now;

        if (schedule.LatestTick(fired) is { } tick && await sweep.RunAsync(tick, cancellationToken) is null)
        {
            LogAbsorbed(tick);
        }
    }

    [LoggerMessage(LogLevel.Debug, "The sweep due at {DueAt:o} has its run already, or another one is under way.")]
    private partial void LogAbsorbed(DateTimeOffset dueAt);
}

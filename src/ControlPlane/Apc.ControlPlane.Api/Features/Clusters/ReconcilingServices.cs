using Apc.ControlPlane.Api.DataPlane;
using Apc.ControlPlane.Api.Features.Clusters.Reconciling;
using Apc.ControlPlane.Api.Features.Clusters.Sweeps;
using Apc.ControlPlane.Api.Scheduling;
using Apc.ControlPlane.Api.Settings;
using Apc.ControlPlane.Domain.Clusters;
using Microsoft.Extensions.Options;
using Quartz;

namespace Apc.ControlPlane.Api.Features.Clusters;

/// <summary>What reconciling adds to the host: the client of the data planes, reconciles on demand, sweeps on schedule.</summary>
public static class ReconcilingServices
{
    public static IServiceCollection AddReconciling(this IServiceCollection services)
    {
        services.AddSettings<DataPlaneOptions>(DataPlaneOptions.Section);
        services.AddSettings<SyncDataplaneClustersOptions>(SyncDataplaneClustersOptions.Section);
        services.AddKnownSettings(PlatformDeploymentsConfig.Section, options: null);

        services.AddSingleton<DataPlaneClient>();
        services.AddSingleton<ClusterMetrics>();
        services.AddSingleton<ProbeOrder>();
        services.AddSingleton<ClusterProber>();
        services.AddSingleton<FleetProbe>();
        services.AddSingleton<DatabaseRetries>();
        services.AddSingleton<ClusterTargets>();
        services.AddSingleton<StatusChanges>();
        services.AddSingleton<ClusterResultWriters>();
        services.AddSingleton<ClusterReconciler>();

        services.AddSingleton(Replica.This);
        services.AddSingleton<SweepRuns>();
        services.AddSingleton<ClusterSweep>();
        services.AddSingleton<SweepCommand>();
        services.AddHostedService<SweepTakeover>();
        services.AddSingleton<SweepWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<SweepWatch>());
        services.AddSingleton(Freshness);
        return services;
    }

    /// <summary>Schedules the sweep, unless it is switched off. A schedule that cannot be read stops the start by its options.</summary>
    public static void AddClusterJobs(this IQuartzBuilder quartz, IConfiguration configuration)
    {
        var options = configuration.ReadSettings<SyncDataplaneClustersOptions>(SyncDataplaneClustersOptions.Section);
        quartz.AddScheduledJob<ReconcileClustersJob>(ReconcileClustersJob.Key, options.Parsed?.Cron);
    }

    /// <summary>How old an answer may be follows from the schedule, also where somebody else than the scheduler sees to it.</summary>
    private static FreshnessLimit Freshness(IServiceProvider services)
    {
        var text = services.GetRequiredService<IOptions<SyncDataplaneClustersOptions>>().Value.Schedule;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        return FreshnessLimit.ForPeriod(SweepSchedule.TryParse(text, out var schedule, out _) ? schedule.Period(now) : TimeSpan.Zero);
    }
}

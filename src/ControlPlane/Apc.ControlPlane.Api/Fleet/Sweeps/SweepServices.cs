using Apc.ControlPlane.Api.Common.Scheduling;
using Apc.ControlPlane.Api.Common.Settings;
using Apc.ControlPlane.Domain.Clusters;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Quartz;

namespace Apc.ControlPlane.Api.Fleet.Sweeps;

/// <summary>What sweeps add to the host: on schedule, on command, and carried on where a replica died.</summary>
public static class SweepServices
{
    /// <summary>Needs reconciling.</summary>
    public static IServiceCollection AddSweeps(this IServiceCollection services)
    {
        services.AddSettings<SyncDataplaneClustersOptions>(SyncDataplaneClustersOptions.Section);
        services.TryAddSingleton(Replica.This);
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

using Apc.ControlPlane.Api.Common.Scheduling;
using Apc.ControlPlane.Api.Common.Settings;
using Apc.ControlPlane.Domain.Clusters;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Quartz;

namespace Apc.ControlPlane.Api.Fleet.Sweeps;

/// <summary>Everything that sweeps add to the host: by schedule, by command, and the take-over of runs that a dead replica left.</summary>
public static class SweepServices
{
    /// <summary>Needs <c>AddReconciling</c>.</summary>
    public static IServiceCollection AddSweeps(this IServiceCollection services)
    {
        services.AddSettings<SyncDataplaneClustersOptions>(SyncDataplaneClustersOptions.Section);
        services.TryAddSingleton(Replica.This);
        services.AddSingleton<NextSweep>();
        services.AddSingleton<SweepRuns>();
        services.AddSingleton<ClusterSweep>();
        services.AddSingleton<SweepCommand>();
        services.AddHostedService<SweepTakeover>();
        services.AddSingleton<SweepWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<SweepWatch>());
        services.AddSingleton(Freshness);
        return services;
    }

    /// <summary>Schedules the sweep, unless it is switched off. The check of the options refuses a schedule that cannot be read.</summary>
    public static void AddClusterJobs(this IQuartzBuilder quartz, IConfiguration configuration)
    {
        var options = configuration.ReadSettings<SyncDataplaneClustersOptions>(SyncDataplaneClustersOptions.Section);
        quartz.AddScheduledJob<ReconcileClustersJob>(ReconcileClustersJob.Key, options.Parsed?.Cron);
    }

    /// <summary>Follows from the schedule, also if that is off because another program, such as a CronJob, starts the sweeps.</summary>
    private static FreshnessLimit Freshness(IServiceProvider services)
    {
        var text = services.GetRequiredService<IOptions<SyncDataplaneClustersOptions>>().Value.Schedule;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        return FreshnessLimit.ForPeriod(SweepSchedule.TryParse(text, out var schedule, out _) ? schedule.Period(now) : TimeSpan.Zero);
    }
}

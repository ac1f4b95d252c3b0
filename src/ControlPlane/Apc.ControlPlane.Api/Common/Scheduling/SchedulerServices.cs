using System.Data.Common;
using Apc.ControlPlane.Data;
using Quartz;

namespace Apc.ControlPlane.Api.Common.Scheduling;

/// <summary>The scheduler: one for all replicas, which share its store in the control plane's database.</summary>
public static class SchedulerServices
{
    /// <summary>The scheduler's name in its store.</summary>
    internal const string Name = "control-plane";

    /// <summary>How soon a replica that is gone is missed; jobs must stand being fired twice all the same.</summary>
    private static readonly TimeSpan CheckIn = TimeSpan.FromSeconds(5);

    /// <param name="services">The host's services.</param>
    /// <param name="addJobs">Each feature's jobs.</param>
    public static IServiceCollection AddScheduler(this IServiceCollection services, Action<IQuartzBuilder> addJobs)
    {
        // What the store asks for.
        services.AddSingleton<DbDataSource>(provider => provider.GetRequiredService<ControlPlaneDataSources>().Writes);

        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = Name;
                scheduler.DefaultTimeZone = TimeZoneInfo.Utc;

                // A sweep may take minutes; told to stop, it leaves the rest to another replica.
                scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            });
            quartz.UseDefaultThreadPool(4);
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(postgres => postgres.UseRegisteredDataSource = true);
                store.UseSystemTextJsonSerializer();
                store.ConfigureStore(options =>
                {
                    options.TablePrefix = HoustonNames.QuartzTablePrefix;
                    options.StoreJobDataAsStrings = true;
                });
                store.UseClustering(cluster => (cluster.CheckinInterval, cluster.CheckinMisfireThreshold) = (CheckIn, CheckIn));
            });
            addJobs(quartz);
        });

        // A trigger is stored anew at every start. Without this it would forget when it last fired, and a firing that was missed
        // while everything was down would not be made up for.
        services.Configure<QuartzOptions>(options => options.Scheduling.ScheduleTriggerRelativeToReplacedTrigger = true);
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        services.AddHealthChecks().AddQuartz();
        services.AddSingleton<SchedulerWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<SchedulerWatch>());
        return services;
    }

    /// <summary>Adds a job, and its schedule unless that is switched off.</summary>
    public static void AddScheduledJob<TJob>(this IQuartzBuilder quartz, JobKey key, CronExpression? cron)
        where TJob : IJob
    {
        quartz.AddJob<TJob>(job => job.WithIdentity(key).StoreDurably());

        if (cron is not null)
        {
            var schedule = new ScheduledJob(key, cron);
            quartz.AddTrigger(schedule.Describe);
            quartz.Services.AddSingleton(schedule);
        }
    }
}

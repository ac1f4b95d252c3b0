using System.Data.Common;
using Apc.ControlPlane.Data;
using Quartz;

namespace Apc.ControlPlane.Api.Common.Scheduling;

/// <summary>A job and its schedule.</summary>
/// <param name="Cron">In UTC.</param>
public sealed record ScheduledJob(JobKey Job, CronExpression Cron)
{
    /// <summary>The key of the schedule in the store.</summary>
    public TriggerKey Trigger { get; } = new("schedule", Job.Group);

    public void Describe(ITriggerConfigurator<IJob> trigger) => trigger
        .ForJob(Job)
        .WithIdentity(Trigger)
        .WithCronSchedule(Cron, cron => cron.WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed));

    /// <summary>The latest next firing that may correctly be stored: one period after the next one. Null if it never fires again.</summary>
    public DateTimeOffset? LatestNextFiring(DateTimeOffset now)
        => Cron.GetNextValidTimeAfter(now) is { } next ? Cron.GetNextValidTimeAfter(next) ?? next : null;
}

/// <summary>The scheduler. All replicas share its store in the control plane's database.</summary>
public static class SchedulerServices
{
    /// <summary>The scheduler's name in its store.</summary>
    internal const string Name = "control-plane";

    // After this time a lost replica is noticed. Jobs may still be fired twice.
    private static readonly TimeSpan CheckIn = TimeSpan.FromSeconds(5);

    /// <param name="services">The host's services.</param>
    /// <param name="addJobs">Each feature's jobs.</param>
    public static IServiceCollection AddScheduler(this IServiceCollection services, Action<IQuartzBuilder> addJobs)
    {
        // Required by the store.
        services.AddSingleton<DbDataSource>(provider => provider.GetRequiredService<ControlPlaneDataSources>().Writes);

        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = Name;
                scheduler.DefaultTimeZone = TimeZoneInfo.Utc;

                // A sweep may take minutes; an interrupted one is continued by another replica.
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

        // Triggers are replaced in the store at every start. Without this they would lose the time of the last firing, and a firing missed
        // while all replicas were down would not be made up.
        services.Configure<QuartzOptions>(options => options.Scheduling.ScheduleTriggerRelativeToReplacedTrigger = true);
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        services.AddHealthChecks().AddQuartz();
        services.AddSingleton<SchedulerWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<SchedulerWatch>());
        return services;
    }

    /// <summary>Adds a job and its schedule; null for a schedule that is switched off.</summary>
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

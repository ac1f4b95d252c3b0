using Quartz;

namespace Apc.ControlPlane.Api.Common.Scheduling;

/// <summary>A job and when it is due.</summary>
/// <param name="Job">The job.</param>
/// <param name="Cron">Its schedule, in UTC.</param>
public sealed record ScheduledJob(JobKey Job, CronExpression Cron)
{
    /// <summary>The trigger by which the store knows the schedule.</summary>
    public TriggerKey Trigger { get; } = new("schedule", Job.Group);

    /// <summary>Fills in the trigger.</summary>
    public void Describe(ITriggerConfigurator<IJob> trigger)
        => trigger.ForJob(Job).WithIdentity(Trigger).WithCronSchedule(Cron, cron => cron.WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed));

    /// <summary>The latest time at which the next firing may rightly be stored: one period after the next that is due.</summary>
    public DateTimeOffset? LatestNextFiring(DateTimeOffset now)
        => Cron.GetNextValidTimeAfter(now) is not { } next ? null
            : Cron.GetNextValidTimeAfter(next) is { } after ? after
            : next;
}

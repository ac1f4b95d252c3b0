using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Npgsql;
using Quartz;

namespace Apc.ControlPlane.Api.Common.Scheduling;

/// <summary>
/// Checks at the start and every minute whether each schedule will fire when it should, and stores those again that will not.
/// </summary>
/// <remarks>
/// A replica whose clock is ahead may store a next firing or a check-in in the future, and one that dies may leave a trigger acquired. Then
/// no replica would fire it, without any error. So the store is compared with the database's clock.
/// </remarks>
public sealed partial class SchedulerWatch(
    ISchedulerFactory schedulers,
    IEnumerable<ScheduledJob> jobs,
    ControlPlaneDataSources dataSources,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<SchedulerWatch> logger) : BackgroundService
{
    private const string Waiting = "WAITING";

    // Most by which the clocks of ready replicas differ.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private readonly HashSet<TriggerKey> _heldAtLastLook = [];

    /// <summary>Checks all schedules now.</summary>
    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);

        await using (var command = dataSources.Writes.CreateCommand(SchedulerSql.BringBack))
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        foreach (var job in jobs)
        {
            var (stored, now) = await ReadAsync(job, cancellationToken);

            if (Problem(job, stored, now) is { } problem)
            {
                LogArmed(job.Job.Name, problem);
                await ArmAsync(scheduler, job, now, cancellationToken);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The scheduler stores its schedules while the host starts.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(LookEvery, clock);

        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or SchedulerException)
            {
                LogFailed(e.GetBaseException().Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task ArmAsync(IScheduler scheduler, ScheduledJob job, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var builder = TriggerBuilder.Create(clock).StartAt(now);
        job.Describe(builder);
        await scheduler.ScheduleTrigger(builder.Build(), TriggerConflict.Replace, cancellationToken);
    }

    private async Task<(Stored? Trigger, DateTimeOffset Now)> ReadAsync(ScheduledJob job, CancellationToken cancellationToken)
    {
        await using var command = dataSources.Writes.CreateCommand(SchedulerSql.FindTrigger);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = SchedulerServices.Name });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = job.Trigger.Group });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = job.Trigger.Name });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var now = reader.GetFieldValue<DateTimeOffset>(0);
        var stored = reader.IsDBNull(1)
            ? null
            : new Stored(reader.GetString(1), At(reader.GetInt64(2)), At(reader.GetInt64(3)), At(reader.GetInt64(4)), reader.GetBoolean(5));
        return (stored, now);
    }

    /// <summary>Why the schedule will not fire when it should; null if it will.</summary>
    private string? Problem(ScheduledJob job, Stored? stored, DateTimeOffset now)
    {
        if (stored is null)
        {
            return "it is missing from the store";
        }

        if (stored.NextFiring > (job.LatestNextFiring(now) ?? DateTimeOffset.MaxValue))
        {
            return $"its next firing is stored for {stored.NextFiring:u}";
        }

        if (stored.Start > now + Tolerance || stored.LastFiring > now + Tolerance)
        {
            return $"it is stored as if it were {(stored.Start > stored.LastFiring ? stored.Start : stored.LastFiring):u}";
        }

        if (stored.State.StartsWith("PAUSED", StringComparison.Ordinal) || stored.State is "ERROR" or "COMPLETE")
        {
            return $"its state is {stored.State}";
        }

        // A trigger is acquired for a moment, or while its job runs. If nothing runs at two checks in a row, it was left so.
        var isHeld = stored.State is not Waiting && !stored.IsFiring;
        var wasHeld = isHeld ? !_heldAtLastLook.Add(job.Trigger) : _heldAtLastLook.Remove(job.Trigger);
        return isHeld && wasHeld ? $"its state is {stored.State}, and nothing runs" : null;
    }

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);

    [LoggerMessage(LogLevel.Warning, "The schedule of {Job} was armed anew: {Problem}.")]
    private partial void LogArmed(string job, string problem);

    [LoggerMessage(LogLevel.Warning, "Whether the schedules will fire could not be looked at: {Reason}")]
    private partial void LogFailed(string reason);

    private sealed record Stored(string State, DateTimeOffset NextFiring, DateTimeOffset LastFiring, DateTimeOffset Start, bool IsFiring);
}

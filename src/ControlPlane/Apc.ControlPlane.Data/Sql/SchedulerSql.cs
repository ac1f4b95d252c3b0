namespace Apc.ControlPlane.Data.Sql;

/// <summary>Statements about the scheduler's tables.</summary>
public static class SchedulerSql
{
    /// <summary>Sets check-ins over a minute in the future to now, so that a dead replica is noticed; a live one checks in again.</summary>
    public const string BringBack =
        $"UPDATE {HoustonNames.QuartzTablePrefix}scheduler_state SET last_checkin_time = {Now} WHERE last_checkin_time > {Now} + 600000000";

    /// <summary>
    /// The trigger of a scheduler (<c>$1</c>), a group (<c>$2</c>) and a name (<c>$3</c>), in one row: the current time, state, next
    /// firing, last firing and start in ticks, and whether its job runs. Its state is null if there is no such trigger.
    /// </summary>
    public const string FindTrigger =
        $"""
        SELECT clock_timestamp(), t.trigger_state, coalesce(t.next_fire_time, 0), coalesce(t.prev_fire_time, 0), t.start_time,
            EXISTS (SELECT FROM {HoustonNames.QuartzTablePrefix}fired_triggers f
                WHERE f.sched_name = t.sched_name AND f.job_group = t.job_group AND f.job_name = t.job_name)
        FROM (SELECT 1) one LEFT JOIN {HoustonNames.QuartzTablePrefix}triggers t
            ON t.sched_name = $1 AND t.trigger_group = $2 AND t.trigger_name = $3
        """;

    // In ticks, as the scheduler writes times.
    private const string Now = "(extract(epoch from clock_timestamp()) * 10000000)::bigint + 621355968000000000";
}

using System.Diagnostics.CodeAnalysis;
using Quartz;

namespace Apc.ControlPlane.Api.Common.Scheduling;

/// <summary>The times at which sweeps are due, in UTC.</summary>
public sealed class SweepSchedule
{
    private const string Allowed = "Allowed are five fields as in crontab, such as 0 * * * *, or six or seven as Quartz has them, in UTC.";

    private const int TicksLookedAt = 32;

    private SweepSchedule(CronExpression cron) => Cron = cron;

    public CronExpression Cron { get; }

    /// <summary>Reads a schedule that fires at least once from now on.</summary>
    /// <param name="problem">What is wrong and what is allowed.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out SweepSchedule? schedule, [NotNullWhen(false)] out string? problem)
    {
        schedule = null;
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        var format = fields is 6 or 7 ? CronFormat.Quartz : CronFormat.Unix;

        if (!CronExpression.TryParse(text.Trim(), format, out var cron))
        {
            problem = $"this is no schedule. {Allowed}";
            return false;
        }

        cron = cron.WithTimeZone(TimeZoneInfo.Utc);

        // Such as 31 February, which can be parsed.
        if (cron.GetNextValidTimeAfter(TimeProvider.System.GetUtcNow()) is null)
        {
            problem = $"it never fires. {Allowed}";
            return false;
        }

        schedule = new SweepSchedule(cron);
        problem = null;
        return true;
    }

    /// <summary>The latest tick at or before this time; null if there was none.</summary>
    public DateTimeOffset? LatestTick(DateTimeOffset at)
    {
        // Ticks are whole seconds, and the library searches strictly before the given time.
        var second = new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        return Cron.GetPreviousValidTimeBefore(second.AddSeconds(1));
    }

    /// <summary>The longest time between two of the next ticks, which is how long a cluster may wait for its next sweep.</summary>
    public TimeSpan Period(DateTimeOffset now)
    {
        var longest = TimeSpan.Zero;
        var from = Cron.GetNextValidTimeAfter(now);

        for (var i = 0; i < TicksLookedAt && from is { } earlier && Cron.GetNextValidTimeAfter(earlier) is { } later; i++)
        {
            longest = later - earlier > longest ? later - earlier : longest;
            from = later;
        }

        return longest;
    }
}

namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>Whether a cluster's last answer is recent enough to believe its status.</summary>
public enum Freshness
{
    /// <summary>The data plane answered within the limit.</summary>
    Fresh,

    /// <summary>The last answer is older than the limit, or dated in the future: the status may be out of date.</summary>
    Stale,

    /// <summary>The data plane never answered.</summary>
    Never,
}

/// <summary>The limit for the age of a fresh answer.</summary>
/// <param name="MaxAge">The oldest answer that still counts as fresh.</param>
public sealed record FreshnessLimit(TimeSpan MaxAge)
{
    /// <summary>Time for a sweep after its tick: ten minutes.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    /// <summary>The largest difference between the clocks of replicas for which an answer does not count as dated in the future.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    /// <summary>The limit for a schedule: two periods, so that one sweep may be missed, and <see cref="Grace"/>.</summary>
    public static FreshnessLimit ForPeriod(TimeSpan period) => new((2 * period) + Grace);

    /// <summary>Judges an answer by its age.</summary>
    public Freshness Judge(DateTimeOffset? observedAt, DateTimeOffset now) => observedAt switch
    {
        null => Freshness.Never,
        { } at => now - at <= MaxAge && at - now <= Tolerance ? Freshness.Fresh : Freshness.Stale,
    };
}

namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>Whether a cluster was checked recently enough to rely on its status, whatever the check found.</summary>
public enum Freshness
{
    /// <summary>The cluster was checked within the limit.</summary>
    Fresh,

    /// <summary>The last check is older than the limit, or dated in the future: the status may be out of date.</summary>
    Stale,

    /// <summary>The cluster was never checked.</summary>
    Never,
}

/// <summary>The limit for the age of the check behind a fresh status.</summary>
/// <param name="MaxAge">The age of the oldest check that still counts.</param>
public sealed record FreshnessLimit(TimeSpan MaxAge)
{
    /// <summary>Time for a sweep after its tick: ten minutes.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    /// <summary>The largest difference between the clocks of replicas for which a check does not count as dated in the future.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    /// <summary>The limit for a schedule: two periods, so that one sweep may be missed, and <see cref="Grace"/>.</summary>
    public static FreshnessLimit ForPeriod(TimeSpan period) => new((2 * period) + Grace);

    /// <summary>Judges a status by the time of its last check; null if there was none.</summary>
    public Freshness Judge(DateTimeOffset? checkedAt, DateTimeOffset now) => checkedAt switch
    {
        null => Freshness.Never,
        { } at => now - at <= MaxAge && at - now <= Tolerance ? Freshness.Fresh : Freshness.Stale,
    };
}

namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>Whether a cluster's last answer is recent enough to believe its status.</summary>
public enum Freshness
{
    /// <summary>The data plane answered within the limit.</summary>
    Fresh,

    /// <summary>The last answer is older than the limit, or dated in the future, so that its age is not known: the status may no longer be true.</summary>
    Stale,

    /// <summary>The data plane never answered.</summary>
    Never,
}

/// <summary>How old an answer may be.</summary>
/// <param name="MaxAge">The oldest answer that still counts as fresh.</param>
public sealed record FreshnessLimit(TimeSpan MaxAge)
{
    /// <summary>What is left to a sweep after its tick: ten minutes.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    /// <summary>By how much clocks of replicas may differ: an answer is not dated in the future because it was stored by another one.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    /// <summary>The limit for a schedule: two periods, so that one missed sweep does no harm, and the grace.</summary>
    public static FreshnessLimit ForPeriod(TimeSpan period) => new((2 * period) + Grace);

    /// <summary>Judges an answer by its age.</summary>
    public Freshness Judge(DateTimeOffset? observedAt, DateTimeOffset now) => observedAt switch
    {
        null => Freshness.Never,
        { } at => now - at <= MaxAge && at - now <= Tolerance ? Freshness.Fresh : Freshness.Stale,
    };
}

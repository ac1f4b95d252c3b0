namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>Whether and when a probe that failed is tried again.</summary>
public static class ProbeRetry
{
    /// <summary>The most attempts that any failure is given.</summary>
    public const int MaxAttempts = 3;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);

    private static readonly TimeSpan SecondPause = TimeSpan.FromSeconds(2);

    /// <summary>How often the cause of a failure deserves to be tried in all.</summary>
    /// <param name="code">What the last attempt came to.</param>
    /// <param name="httpStatus">The status it was answered with, where the code is <see cref="ProbeCode.HttpStatus"/>.</param>
    public static int Attempts(ProbeCode code, int? httpStatus) => code switch
    {
        // These fail fast and may pass by themselves.
        ProbeCode.DnsFailure or ProbeCode.ConnectionRefused or ProbeCode.ConnectionReset => MaxAttempts,
        ProbeCode.HttpStatus when httpStatus is 408 or 429 or >= 500 => MaxAttempts,

        // A time-out has cost its time already.
        ProbeCode.Timeout => 2,
        _ => 1,
    };

    /// <summary>The pause before the next attempt: half a second, then two, each spread by a quarter to both sides.</summary>
    /// <param name="attempt">The attempt that just failed, from 1.</param>
    /// <param name="jitter">From 0 to 1; a random number keeps probes that failed together from coming back together.</param>
    public static TimeSpan Pause(int attempt, double jitter)
        => (attempt == 1 ? FirstPause : SecondPause) * (0.75 + (0.5 * jitter));
}

namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>Whether and when a failed probe is tried again.</summary>
public static class ProbeRetry
{
    /// <summary>The most attempts for any failure.</summary>
    public const int MaxAttempts = 3;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);

    private static readonly TimeSpan SecondPause = TimeSpan.FromSeconds(2);

    /// <summary>The number of attempts in all for a failure.</summary>
    /// <param name="code">The outcome of the last attempt.</param>
    /// <param name="httpStatus">The HTTP status, if the code is <see cref="ProbeCode.HttpStatus"/>.</param>
    public static int Attempts(ProbeCode code, int? httpStatus) => code switch
    {
        // These fail fast and may pass by themselves.
        ProbeCode.DnsFailure or ProbeCode.ConnectionRefused or ProbeCode.ConnectionReset => MaxAttempts,
        ProbeCode.HttpStatus when httpStatus is 408 or 429 or >= 500 => MaxAttempts,

        // A time-out has used most of the time already.
        ProbeCode.Timeout => 2,
        _ => 1,
    };

    /// <summary>The pause before the next attempt: 0.5 seconds, then 2, each varied by up to a quarter.</summary>
    /// <param name="attempt">The attempt that just failed, from 1.</param>
    /// <param name="jitter">A random number from 0 to 1, so that probes that failed together are not repeated together.</param>
    public static TimeSpan Pause(int attempt, double jitter)
        => (attempt == 1 ? FirstPause : SecondPause) * (0.75 + (0.5 * jitter));
}

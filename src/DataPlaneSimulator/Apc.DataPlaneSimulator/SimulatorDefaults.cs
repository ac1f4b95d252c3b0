namespace Apc.Simulation;

/// <summary>The behaviour of clusters for which none is set.</summary>
public sealed record SimulatorDefaults
{
    internal const string LatencyAllowed = "a whole number of milliseconds from 0 to 600000";
    internal const string FractionAllowed = "a number from 0 to 1";
    internal const string SeedAllowed = "a whole number of 64 bits";

    /// <summary>Time before each answer, up to 10 minutes. None unless set.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Share of the clusters that never answer, 0 to 1, chosen by name and <see cref="Seed"/>. 0 unless set.</summary>
    public double HungFraction { get; init; }

    /// <summary>Decides the derived values of each cluster and which clusters hang. 1 unless set.</summary>
    public long Seed { get; init; } = 1;

    internal static bool IsLatency(long milliseconds) => milliseconds is >= 0 and <= 600_000;

    internal static bool IsFraction(double fraction) => fraction is >= 0 and <= 1;

    /// <exception cref="ArgumentException">A value is out of range.</exception>
    internal void Check()
    {
        if (!IsLatency((long)Latency.TotalMilliseconds))
        {
            throw new ArgumentException($"{nameof(Latency)} is {Latency}; allowed: {LatencyAllowed}");
        }

        if (!IsFraction(HungFraction))
        {
            throw new ArgumentException($"{nameof(HungFraction)} is {HungFraction}; allowed: {FractionAllowed}");
        }
    }
}

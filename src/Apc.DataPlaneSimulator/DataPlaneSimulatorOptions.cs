using System.Globalization;

namespace Apc.Simulation;

/// <summary>How a simulator starts: where it listens, and what every cluster does that has no behaviour of its own.</summary>
public sealed record DataPlaneSimulatorOptions
{
    public const string Section = "Simulator";
    public const string DefaultUrls = "http://127.0.0.1:8872";

    private static readonly string[] Known = ["LatencyMs", "HungFraction", "Seed"];

    /// <summary>Addresses to listen on, separated by semicolons; port 0 takes a free one. A free loopback port unless set.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:0";

    /// <summary>What clusters without a behaviour of their own do.</summary>
    public SimulatorDefaults Defaults { get; init; } = new();

    /// <summary>Reads <c>urls</c> and the section; adds a sentence to <paramref name="problems"/> for each setting that is wrong.</summary>
    internal static DataPlaneSimulatorOptions Read(IConfiguration configuration, List<string> problems)
    {
        var section = configuration.GetSection(Section);
        var defaults = new SimulatorDefaults();

        foreach (var unknown in section.GetChildren().Select(c => c.Key).Except(Known, StringComparer.OrdinalIgnoreCase))
        {
            problems.Add($"{Section}:{unknown} is no setting; allowed: {string.Join(", ", Known.Select(k => $"{Section}:{k}"))}");
        }

        if (section["LatencyMs"] is { } latency)
        {
            if (long.TryParse(latency, CultureInfo.InvariantCulture, out var ms) && SimulatorDefaults.IsLatency(ms))
            {
                defaults = defaults with { Latency = TimeSpan.FromMilliseconds(ms) };
            }
            else
            {
                problems.Add($"{Section}:LatencyMs is \"{latency}\"; allowed: {SimulatorDefaults.LatencyAllowed}");
            }
        }

        if (section["HungFraction"] is { } hung)
        {
            if (double.TryParse(hung, CultureInfo.InvariantCulture, out var fraction) && SimulatorDefaults.IsFraction(fraction))
            {
                defaults = defaults with { HungFraction = fraction };
            }
            else
            {
                problems.Add($"{Section}:HungFraction is \"{hung}\"; allowed: {SimulatorDefaults.FractionAllowed}");
            }
        }

        if (section["Seed"] is { } text)
        {
            if (long.TryParse(text, CultureInfo.InvariantCulture, out var seed))
            {
                defaults = defaults with { Seed = seed };
            }
            else
            {
                problems.Add($"{Section}:Seed is \"{text}\"; allowed: {SimulatorDefaults.SeedAllowed}");
            }
        }

        return new DataPlaneSimulatorOptions { Urls = configuration["urls"] ?? DefaultUrls, Defaults = defaults };
    }
}

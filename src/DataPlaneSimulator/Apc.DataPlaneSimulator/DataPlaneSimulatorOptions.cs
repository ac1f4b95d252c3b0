using System.Globalization;

namespace Apc.Simulation;

/// <summary>How a simulator starts: its addresses, and the behaviour of clusters for which none is set.</summary>
public sealed record DataPlaneSimulatorOptions
{
    public const string Section = "Simulator";
    public const string DefaultUrls = "http://127.0.0.1:8872";

    private const string UrlsSetting = "urls";

    private static readonly string[] Known = ["LatencyMs", "HungFraction", "Seed"];

    /// <summary>Addresses to listen on, separated by semicolons; port 0 for a free port. A free loopback port unless set.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:0";

    /// <summary>The behaviour of clusters for which none is set.</summary>
    public SimulatorDefaults Defaults { get; init; } = new();

    /// <summary>Reads <c>urls</c> and the section. Adds a sentence to <paramref name="problems"/> for each wrong setting.</summary>
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

        var urls = configuration[UrlsSetting] ?? DefaultUrls;
        problems.AddRange(urls.Split(';').Where(url => !IsListenable(url)).Select(url =>
            $"{UrlsSetting} has \"{url}\"; allowed: http://<address>:<port> with an IP address or localhost, "
            + "several of them separated by semicolons"));
        return new DataPlaneSimulatorOptions { Urls = urls, Defaults = defaults };
    }

    /// <summary>Adds a sentence to <paramref name="problems"/> for each argument that is not a setting or has no value.</summary>
    internal static void CheckArguments(string[] arguments, List<string> problems)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            var (argument, parts) = (arguments[i], arguments[i].Split('=', 2));
            var name = parts[0].StartsWith("--", StringComparison.Ordinal) ? parts[0][2..] : null;
            var hasValue = parts.Length == 2 || name is null || ++i < arguments.Length;

            if (name is null || !IsSetting(name))
            {
                var allowed = string.Join(", ", Known.Select(known => $"--{Section}:{known}"));
                problems.Add($"\"{argument}\" is no option; allowed: --{UrlsSetting}, {allowed}");
            }
            else if (!hasValue)
            {
                problems.Add($"{argument} has no value");
            }
        }
    }

    private static bool IsSetting(string name)
        => name.Equals(UrlsSetting, StringComparison.OrdinalIgnoreCase)
            || name.StartsWith($"{Section}:", StringComparison.OrdinalIgnoreCase);

    // The web server would listen on all interfaces for any other host name.
    private static bool IsListenable(string url)
        => Uri.TryCreate(url, UriKind.Absolute, out var address)
            && address is { Scheme: "http", PathAndQuery: "/" }
            && (address.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 || address.Host == "localhost");
}

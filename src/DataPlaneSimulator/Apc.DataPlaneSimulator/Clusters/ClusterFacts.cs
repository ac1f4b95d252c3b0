using System.Globalization;

namespace Apc.Simulation.Clusters;

/// <summary>The values in the payload of a simulated cluster, derived only from its name and the seed.</summary>
/// <remarks>Base domain and data plane id depend only on the name: they are the same with every seed, and unique for each name.</remarks>
internal readonly struct ClusterFacts
{
    private static readonly (string Provider, string[] Regions)[] Providers =
    [
        ("aws", ["us-east-1", "us-west-2", "eu-central-1", "eu-west-1", "ap-southeast-2"]),
        ("gcp", ["us-central1", "us-east4", "europe-west4", "asia-northeast1"]),
        ("azure", ["eastus2", "westeurope", "northeurope", "southeastasia"]),
    ];

    private static readonly string[] KubernetesVersions = ["1.29.14", "1.30.11", "1.31.7", "1.32.3", "1.33.1"];
    private static readonly string[] ChartVersions = ["1.0.0", "1.0.1", "1.1.0", "1.1.2"];
    private static readonly string[] CommanderVersions = ["1.0.4", "1.0.9", "1.1.3"];
    private static readonly string[] AirflowChartVersions = ["1.15.3", "1.15.6", "1.16.0"];

    private readonly ulong _hash;

    public ClusterFacts(string name, long seed)
    {
        _hash = StableHash.Of(name, seed);
        var ofName = StableHash.Of(name, seed: 0);

        var (provider, regions) = Pick(Providers, 1);
        Provider = provider;
        Region = Pick(regions, 2);
        DataplaneId = string.Create(CultureInfo.InvariantCulture, $"dp-{ofName:x16}");
        BaseDomain = Label(name, ofName) + ".example.com";
    }

    public string Provider { get; }

    public string Region { get; }

    public string DataplaneId { get; }

    public string BaseDomain { get; }

    public string KubernetesVersion => Pick(KubernetesVersions, 3);

    public string ChartVersion => Pick(ChartVersions, 4);

    public string CommanderVersion => Pick(CommanderVersions, 5);

    public string AirflowChartVersion => Pick(AirflowChartVersions, 6);

    public bool HasNamespacePools => Derived(7) % 4 == 0;

    public bool HasOpenShift => Derived(8) % 8 == 0;

    public bool HasCustomLogging => Derived(9) % 2 == 0;

    /// <summary>Whether the cluster is among this share of all names. A larger share includes every cluster of a smaller one.</summary>
    public static bool IsAmong(double share, string name, long seed)
        => share > 0 && StableHash.Fraction(StableHash.Derive(StableHash.Of(name, seed), 10)) < share;

    private T Pick<T>(T[] choices, uint purpose) => choices[Derived(purpose) % (ulong)choices.Length];

    private ulong Derived(uint purpose) => StableHash.Derive(_hash, purpose);

    // A name that is not a DNS label gets the hash of the whole name as suffix, so that "A b" and "a-b" differ.
    private static string Label(string name, ulong hash)
    {
        if (IsLabel(name))
        {
            return name;
        }

        var kept = string.Concat(name.Take(40).Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')).Trim('-');
        return string.Create(CultureInfo.InvariantCulture, $"{(kept.Length == 0 ? "cluster" : kept)}-{hash:x16}");
    }

    private static bool IsLabel(string name)
    {
        if (name.Length is 0 or > 63 || name[0] == '-' || name[^1] == '-')
        {
            return false;
        }

        foreach (var c in name)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
            {
                return false;
            }
        }

        return true;
    }
}

namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>An answer of <c>/metadata</c> that was read: the whole of it as it came, and what is lifted from it.</summary>
/// <remarks>
/// Lifted texts are null where the payload leaves them out, says null, or nothing but blanks; empty where it has something that is no text
/// to be lifted. Of the base domain and the data plane's URL, which no record may lose, either is null.
/// </remarks>
public sealed record MetadataPayload
{
    /// <summary>Largest answer that is read, after decompression.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>
    /// Deepest nesting of objects and lists that is kept: an answer of ours that holds a payload stays within the 64 levels at which the
    /// JSON readers of many clients stop.
    /// </summary>
    public const int MaxDepth = 48;

    /// <summary>The answer as it came, null in the places of what is too deep: JSON in UTF-8.</summary>
    public ReadOnlyMemory<byte> Json { get; internal set; }

    /// <summary>What is odd in it, as <see cref="MetadataProblem.Parse"/> reads it; empty where nothing is.</summary>
    public ReadOnlyMemory<byte> Problems { get; internal set; }

    /// <summary>Whether <c>healthStatus</c> is exactly the text HEALTHY.</summary>
    public bool IsHealthy { get; internal set; }

    /// <summary>The value of <c>healthStatus</c> as it came, whatever its type; empty where it is absent or null.</summary>
    public ReadOnlyMemory<byte> HealthStatus { get; internal set; }

    /// <summary>The payload's own <c>statusReason</c> as it came, where that is an object; else empty.</summary>
    public ReadOnlyMemory<byte> StatusReason { get; internal set; }

    /// <summary>From <c>kubernetesVersion</c>.</summary>
    public string? K8sVersion { get; private set; }

    /// <summary>From <c>cloudProvider</c>.</summary>
    public string? CloudProvider { get; private set; }

    /// <summary>From <c>region</c>.</summary>
    public string? Region { get; private set; }

    /// <summary>From <c>dataplaneChartVersion</c>.</summary>
    public string? DpChartVersion { get; private set; }

    /// <summary>From <c>commander.version</c>.</summary>
    public string? CommanderVersion { get; private set; }

    /// <summary>From <c>commander.airflowChartVersion</c>.</summary>
    public string? AirflowChartVersion { get; private set; }

    /// <summary>From <c>baseDomain</c>, in the form of <see cref="BaseDomainForm"/>.</summary>
    public string? BaseDomain { get; private set; }

    /// <summary>From <c>dataplaneUrl</c>.</summary>
    public string? DataplaneUrl { get; private set; }

    /// <summary>From <c>dataplaneId</c>.</summary>
    public string? DataplaneId { get; private set; }

    /// <summary>What is left of a healthy answer that the database refuses: its health, and that it was refused.</summary>
    public static MetadataPayload Unstorable() => new()
    {
        Json = """{"healthStatus":"HEALTHY"}"""u8.ToArray(),
        IsHealthy = true,
        HealthStatus = "\"HEALTHY\""u8.ToArray(),
        Problems = MetadataProblem.Write([new MetadataProblem("", "The database cannot hold the answer; only its healthStatus is kept.")]),
    };

    /// <summary>Whether a number will do for this member: versions are often written as one, domains never are.</summary>
    internal static bool TakesNumbers(string path) => path is not ("baseDomain" or "dataplaneUrl");

    /// <summary>Takes a text over from the member of this path.</summary>
    internal void Lift(string path, string? text)
    {
        switch (path)
        {
            case "kubernetesVersion":
                K8sVersion = text;
                break;
            case "cloudProvider":
                CloudProvider = text;
                break;
            case "region":
                Region = text;
                break;
            case "dataplaneChartVersion":
                DpChartVersion = text;
                break;
            case "commander.version":
                CommanderVersion = text;
                break;
            case "commander.airflowChartVersion":
                AirflowChartVersion = text;
                break;
            case "baseDomain":
                BaseDomain = string.IsNullOrEmpty(text) ? null : text;
                break;
            case "dataplaneUrl":
                DataplaneUrl = string.IsNullOrEmpty(text) ? null : text;
                break;
            case "dataplaneId":
                DataplaneId = text;
                break;
        }
    }
}

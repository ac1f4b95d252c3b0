namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>An answer of <c>/metadata</c> that was read: the whole answer as it came, and the texts that are lifted from it.</summary>
/// <remarks>
/// A lifted text is null if the payload leaves it out, or has null or only blanks; empty if the payload has a value that cannot be lifted.
/// Base domain and data plane URL are null in both cases, because no record may lose them.
/// </remarks>
public sealed record MetadataPayload
{
    /// <summary>Largest answer that is read, after decompression.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>
    /// Deepest nesting of objects and lists that is kept: so responses that contain a payload stay within the 64 levels at which the JSON
    /// readers of many clients stop.
    /// </summary>
    public const int MaxDepth = 48;

    private static readonly Dictionary<string, Action<MetadataPayload, string?>> Setters = new(StringComparer.Ordinal)
    {
        ["kubernetesVersion"] = (payload, text) => payload.K8sVersion = text,
        ["cloudProvider"] = (payload, text) => payload.CloudProvider = text,
        ["region"] = (payload, text) => payload.Region = text,
        ["dataplaneChartVersion"] = (payload, text) => payload.DpChartVersion = text,
        ["commander.version"] = (payload, text) => payload.CommanderVersion = text,
        ["commander.airflowChartVersion"] = (payload, text) => payload.AirflowChartVersion = text,
        ["baseDomain"] = (payload, text) => payload.BaseDomain = string.IsNullOrEmpty(text) ? null : text,
        ["dataplaneUrl"] = (payload, text) => payload.DataplaneUrl = string.IsNullOrEmpty(text) ? null : text,
        ["dataplaneId"] = (payload, text) => payload.DataplaneId = text,
    };

    /// <summary>The answer as it came, JSON in UTF-8; null replaces values that are nested too deep.</summary>
    public ReadOnlyMemory<byte> Json { get; internal set; }

    /// <summary>The problems of the answer, as <see cref="MetadataProblem.Parse"/> reads them; empty if there are none.</summary>
    public ReadOnlyMemory<byte> Problems { get; internal set; }

    /// <summary>Whether <c>healthStatus</c> is exactly the text HEALTHY.</summary>
    public bool IsHealthy { get; internal set; }

    /// <summary>The value of <c>healthStatus</c> as it came, whatever its type; empty if it is absent or null.</summary>
    public ReadOnlyMemory<byte> HealthStatus { get; internal set; }

    /// <summary>The payload's own <c>statusReason</c> as it came, if it is an object; else empty.</summary>
    public ReadOnlyMemory<byte> StatusReason { get; internal set; }

    public string? K8sVersion { get; private set; }

    public string? CloudProvider { get; private set; }

    public string? Region { get; private set; }

    public string? DpChartVersion { get; private set; }

    public string? CommanderVersion { get; private set; }

    public string? AirflowChartVersion { get; private set; }

    /// <summary>From <c>baseDomain</c>, in the form of <see cref="BaseDomainForm"/>.</summary>
    public string? BaseDomain { get; private set; }

    public string? DataplaneUrl { get; private set; }

    public string? DataplaneId { get; private set; }

    /// <summary>The replacement for a healthy answer that the database refuses: its health, and the problem.</summary>
    public static MetadataPayload Unstorable() => new()
    {
        Json = """{"healthStatus":"HEALTHY"}"""u8.ToArray(),
        IsHealthy = true,
        HealthStatus = "\"HEALTHY\""u8.ToArray(),
        Problems = MetadataProblem.Write([new MetadataProblem("", "The database cannot hold the answer; only its healthStatus is kept.")]),
    };

    /// <summary>Whether a number is accepted for this member: versions are often written as numbers, domains never are.</summary>
    internal static bool TakesNumbers(string path) => path is not ("baseDomain" or "dataplaneUrl");

    /// <summary>Sets the property of the member at this path.</summary>
    internal void Lift(string path, string? text) => Setters[path](this, text);
}

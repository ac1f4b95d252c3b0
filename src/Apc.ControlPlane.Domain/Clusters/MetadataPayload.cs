namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>An answer of <c>/metadata</c> that was read: the whole of it as it came, and what is lifted from it.</summary>
/// <remarks>Lifted texts are null where the payload leaves them out, says null, or nothing but blanks.</remarks>
public sealed record MetadataPayload
{
    /// <summary>Largest answer that is read, after decompression.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Deepest nesting of objects and lists.</summary>
    public const int MaxDepth = 32;

    /// <summary>The answer as it came: JSON in UTF-8.</summary>
    public required ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>Whether <c>healthStatus</c> is exactly the text HEALTHY.</summary>
    public bool IsHealthy { get; internal set; }

    /// <summary>The value of <c>healthStatus</c> as it came, whatever its type; empty where it is absent or null.</summary>
    public ReadOnlyMemory<byte> HealthStatus { get; internal set; }

    /// <summary>The payload's own <c>statusReason</c> as it came, where that is an object; else empty.</summary>
    public ReadOnlyMemory<byte> StatusReason { get; internal set; }

    /// <summary>From <c>kubernetesVersion</c>.</summary>
    public string? K8sVersion { get; internal set; }

    /// <summary>From <c>cloudProvider</c>.</summary>
    public string? CloudProvider { get; internal set; }

    /// <summary>From <c>region</c>.</summary>
    public string? Region { get; internal set; }

    /// <summary>From <c>dataplaneChartVersion</c>.</summary>
    public string? DpChartVersion { get; internal set; }

    /// <summary>From <c>commander.version</c>.</summary>
    public string? CommanderVersion { get; internal set; }

    /// <summary>From <c>commander.airflowChartVersion</c>.</summary>
    public string? AirflowChartVersion { get; internal set; }

    /// <summary>From <c>baseDomain</c>.</summary>
    public string? BaseDomain { get; internal set; }

    /// <summary>From <c>dataplaneUrl</c>.</summary>
    public string? DataplaneUrl { get; internal set; }

    /// <summary>From <c>dataplaneId</c>.</summary>
    public string? DataplaneId { get; internal set; }
}

using System.Text.Json.Nodes;

namespace Apc.Simulation;

/// <summary>The behaviour of one cluster, in place of the defaults.</summary>
public sealed record ClusterBehaviour
{
    /// <summary>How probes are answered. Healthy unless set.</summary>
    public Fault Fault { get; init; } = Fault.Healthy;

    /// <summary>Time before each answer, up to 10 minutes; null for the simulator's default.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary>The payload's <c>healthStatus</c> and <c>commander.status</c>; null for the values of the fault.</summary>
    public string? HealthStatus { get; init; }

    /// <summary>The payload's <c>statusReason</c>; null to leave it out.</summary>
    public JsonObject? StatusReason { get; init; }

    /// <summary>
    /// Members that are merged into the payload: objects deeply, any other value (also null) replaces, new members are added.
    /// </summary>
    public JsonObject? Payload { get; init; }

    /// <summary>Paths of members that are removed from the payload, such as <c>dataplaneUrl</c> or <c>commander.version</c>.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];
}

using System.Text.Json.Nodes;

namespace Apc.Simulation;

/// <summary>What one cluster does, in place of the defaults.</summary>
public sealed record ClusterBehaviour
{
    /// <summary>How a probe is answered. As it should be, unless set.</summary>
    public Fault Fault { get; init; } = Fault.Healthy;

    /// <summary>Time before each answer, up to 10 minutes; null leaves the default of the simulator.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary>The payload's <c>healthStatus</c> and <c>commander.status</c>; null leaves them to the fault.</summary>
    public string? HealthStatus { get; init; }

    /// <summary>The payload's <c>statusReason</c>; null leaves it out.</summary>
    public JsonObject? StatusReason { get; init; }

    /// <summary>Members laid over the payload: objects merge deeply, any other value (null too) replaces, unknown ones are added.</summary>
    public JsonObject? Payload { get; init; }

    /// <summary>Members taken out of the payload, by path: <c>dataplaneUrl</c>, <c>commander.version</c>.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];
}

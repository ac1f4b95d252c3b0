using System.Collections.Concurrent;

namespace Apc.Simulation.Clusters;

/// <summary>All clusters: every name is a cluster, and some have a behaviour of their own.</summary>
internal sealed class Fleet(SimulatorDefaults atStart)
{
    public const int MaxNameLength = 253;

    private readonly ConcurrentDictionary<string, ClusterBehaviour> _configured = new();
    private volatile SimulatorDefaults? _changed;

    public SimulatorDefaults AtStart => atStart;

    public SimulatorDefaults Defaults
    {
        get => _changed ?? atStart;
        set => _changed = value;
    }

    public IEnumerable<KeyValuePair<string, ClusterBehaviour>> Configured => _configured;

    public ClusterBehaviour? ConfiguredOf(string name) => _configured.GetValueOrDefault(name);

    /// <summary>Sets a behaviour. Its JSON is copied, so that the caller may change it later.</summary>
    public void Set(string name, ClusterBehaviour behaviour) => _configured[name] = behaviour with
    {
        StatusReason = behaviour.StatusReason?.DeepClone().AsObject(),
        Payload = behaviour.Payload?.DeepClone().AsObject(),
        Without = [.. behaviour.Without],
    };

    public void Reset(string name) => _configured.TryRemove(name, out _);

    public void ResetAll()
    {
        _configured.Clear();
        _changed = null;
    }

    public (Fault Fault, TimeSpan Latency) AnswerOf(string name)
    {
        var defaults = Defaults;

        if (_configured.TryGetValue(name, out var behaviour))
        {
            return (behaviour.Fault, behaviour.Latency ?? defaults.Latency);
        }

        return (ClusterFacts.IsAmong(defaults.HungFraction, name, defaults.Seed) ? Fault.Hang : Fault.Healthy, defaults.Latency);
    }

    public string HealthStatusOf(string name)
        => ConfiguredOf(name) is { } behaviour ? behaviour.HealthStatus ?? behaviour.Fault.HealthStatus : MetadataPayload.Healthy;

    public ReadOnlyMemory<byte> PayloadOf(string name)
    {
        var behaviour = ConfiguredOf(name);
        var payload = MetadataPayload.Write(name, Defaults.Seed, HealthStatusOf(name), behaviour?.StatusReason);

        return behaviour is null or { Payload: null, Without: [] }
            ? payload
            : MetadataPayload.Override(payload, behaviour.Payload, behaviour.Without);
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Apc.Simulation.Faults;

namespace Apc.Simulation.Control;

/// <summary>Reads members one by one. Each wrong member adds a sentence with its name, its value and what is allowed.</summary>
internal static class ControlInput
{
    /// <summary>The value as it was sent, cut off after 100 characters.</summary>
    public static string Show(JsonElement value)
    {
        var raw = value.GetRawText();
        return raw.Length <= 100 ? raw : raw[..100] + "…";
    }

    public static void Refuse(List<string> problems, string member, JsonElement value, string allowed)
        => problems.Add($"{member} is {Show(value)}; allowed: {allowed}");

    public static void RefuseUnknown(List<string> problems, string member, string known)
        => problems.Add($"\"{member}\" is no member; allowed: {known}");

    public static TimeSpan? Latency(JsonProperty member, List<string> problems)
    {
        if (member.Value.ValueKind == JsonValueKind.Number
            && member.Value.TryGetInt64(out var ms) && SimulatorDefaults.IsLatency(ms))
        {
            return TimeSpan.FromMilliseconds(ms);
        }

        Refuse(problems, member.Name, member.Value, SimulatorDefaults.LatencyAllowed);
        return null;
    }
}

/// <summary>The body of <c>PUT /control/clusters/{name}</c>. A member that is null counts as absent.</summary>
internal static class BehaviourInput
{
    private const string Known = "fault, latencyMs, healthStatus, statusReason, payload, without";

    public static ClusterBehaviour Read(JsonElement root, List<string> problems)
    {
        var behaviour = new ClusterBehaviour();

        foreach (var member in root.EnumerateObject().Where(m => m.Value.ValueKind != JsonValueKind.Null))
        {
            switch (member.Name)
            {
                case "fault":
                    behaviour = behaviour with { Fault = ReadFault(member.Value, problems) };
                    break;
                case "latencyMs":
                    behaviour = behaviour with { Latency = ControlInput.Latency(member, problems) };
                    break;
                case "healthStatus":
                    behaviour = behaviour with { HealthStatus = ReadText(member, problems) };
                    break;
                case "statusReason":
                    behaviour = behaviour with { StatusReason = ReadObject(member, problems) };
                    break;
                case "payload":
                    behaviour = behaviour with { Payload = ReadObject(member, problems) };
                    break;
                case "without":
                    behaviour = behaviour with { Without = ReadPaths(member, problems) };
                    break;
                default:
                    ControlInput.RefuseUnknown(problems, member.Name, Known);
                    break;
            }
        }

        return behaviour;
    }

    private static Fault ReadFault(JsonElement value, List<string> problems)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            var names = string.Join(", ", FaultCatalog.Kinds.Select(k => k.Name));
            ControlInput.Refuse(problems, "fault", value, "a text: " + names);
            return Fault.Healthy;
        }

        if (FaultCatalog.TryParse(value.GetString()!, out var fault, out var problem))
        {
            return fault;
        }

        problems.Add(problem);
        return Fault.Healthy;
    }

    private static string? ReadText(JsonProperty member, List<string> problems)
    {
        if (member.Value.ValueKind == JsonValueKind.String)
        {
            return member.Value.GetString();
        }

        ControlInput.Refuse(problems, member.Name, member.Value, "a text");
        return null;
    }

    private static JsonObject? ReadObject(JsonProperty member, List<string> problems)
    {
        if (member.Value.ValueKind == JsonValueKind.Object)
        {
            return JsonObject.Create(member.Value);
        }

        ControlInput.Refuse(problems, member.Name, member.Value, "an object");
        return null;
    }

    private static string[] ReadPaths(JsonProperty member, List<string> problems)
    {
        if (member.Value.ValueKind == JsonValueKind.Array
            && member.Value.EnumerateArray().All(p => p.ValueKind == JsonValueKind.String && p.GetString()!.Length > 0))
        {
            return [.. member.Value.EnumerateArray().Select(p => p.GetString()!)];
        }

        ControlInput.Refuse(problems, member.Name, member.Value, "a list of member paths such as \"commander.version\"");
        return [];
    }
}

/// <summary>The body of <c>PUT /control/defaults</c>. A member that is absent or null has its value at the start.</summary>
internal static class DefaultsInput
{
    private const string Known = "latencyMs, hungFraction, seed";

    public static SimulatorDefaults Read(JsonElement root, SimulatorDefaults atStart, List<string> problems)
    {
        var defaults = atStart;

        foreach (var member in root.EnumerateObject().Where(m => m.Value.ValueKind != JsonValueKind.Null))
        {
            var isNumber = member.Value.ValueKind == JsonValueKind.Number;

            switch (member.Name)
            {
                case "latencyMs":
                    defaults = defaults with { Latency = ControlInput.Latency(member, problems) ?? default };
                    break;
                case "hungFraction" when isNumber && member.Value.TryGetDouble(out var share) && SimulatorDefaults.IsFraction(share):
                    defaults = defaults with { HungFraction = share };
                    break;
                case "hungFraction":
                    ControlInput.Refuse(problems, member.Name, member.Value, SimulatorDefaults.FractionAllowed);
                    break;
                case "seed" when isNumber && member.Value.TryGetInt64(out var seed):
                    defaults = defaults with { Seed = seed };
                    break;
                case "seed":
                    ControlInput.Refuse(problems, member.Name, member.Value, SimulatorDefaults.SeedAllowed);
                    break;
                default:
                    ControlInput.RefuseUnknown(problems, member.Name, Known);
                    break;
            }
        }

        return defaults;
    }
}

using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Apc.Simulation.Clusters;

/// <summary>The body of <c>/metadata</c>, with all members that data planes are known to send.</summary>
internal static class MetadataPayload
{
    public const string Healthy = "HEALTHY";

    // Not validated: some values are wrong on purpose.
    private static readonly JsonWriterOptions Unchecked = new() { SkipValidation = true, MaxDepth = int.MaxValue };

    /// <summary>The payload of a cluster without overrides.</summary>
    /// <remarks>Written for each probe, which takes some microseconds; caching it for 100,000 clusters would take 100 MB.</remarks>
    public static ReadOnlyMemory<byte> Write(string name, long seed, string healthStatus, JsonObject? statusReason)
    {
        var facts = new ClusterFacts(name, seed);
        var dataplaneUrl = facts.DataplaneId + "." + facts.BaseDomain;
        var buffer = new ArrayBufferWriter<byte>(1536);
        using var json = new Utf8JsonWriter(buffer, Unchecked);

        json.WriteStartObject();
        json.WriteString("kubernetesVersion"u8, facts.KubernetesVersion);
        json.WriteString("baseDomain"u8, facts.BaseDomain);
        json.WriteString("healthStatus"u8, healthStatus);

        if (statusReason is not null)
        {
            json.WritePropertyName("statusReason"u8);
            statusReason.WriteTo(json);
        }

        json.WriteString("cloudProvider"u8, facts.Provider);
        json.WriteString("region"u8, facts.Region);
        json.WriteString("dataplaneChartVersion"u8, facts.ChartVersion);

        json.WriteStartObject("commander"u8);
        json.WriteString("version"u8, facts.CommanderVersion);
        json.WriteString("url"u8, "commander." + dataplaneUrl);
        json.WriteString("status"u8, healthStatus);
        json.WriteString("airflowChartVersion"u8, facts.AirflowChartVersion);
        json.WriteEndObject();

        json.WriteString("mode"u8, "data"u8);
        json.WriteString("dataplaneUrl"u8, dataplaneUrl);
        json.WriteString("dataplaneId"u8, facts.DataplaneId);
        json.WriteString("releaseName"u8, "astronomer"u8);
        json.WriteString("releaseNamespace"u8, "astronomer"u8);
        json.WriteString("dbType"u8, "postgresql"u8);
        WriteNamespacePools(json, facts);

        json.WriteStartObject("registry"u8);
        json.WriteString("version"u8, "3.0.0"u8);
        json.WriteEndObject();

        WriteNewerMembers(json, facts);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>The payload with members merged into it and members removed.</summary>
    public static ReadOnlyMemory<byte> Override(ReadOnlyMemory<byte> payload, JsonObject? members, IReadOnlyList<string> without)
    {
        var root = JsonNode.Parse(payload.Span)!.AsObject();

        if (members is not null)
        {
            Merge(root, members);
        }

        foreach (var path in without)
        {
            Remove(root, path.Split('.'));
        }

        var buffer = new ArrayBufferWriter<byte>(payload.Length + 512);
        using var json = new Utf8JsonWriter(buffer, Unchecked);
        root.WriteTo(json);
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>The payload with the raw texts as the values of these members. Missing members are added at the end.</summary>
    public static ReadOnlyMemory<byte> Replace(
        ReadOnlyMemory<byte> payload, params ReadOnlySpan<(string Member, string Raw)> replacements)
    {
        using var document = JsonDocument.Parse(payload);
        var remaining = new Dictionary<string, string>();
        var buffer = new ArrayBufferWriter<byte>(payload.Length + 512);
        using var json = new Utf8JsonWriter(buffer, Unchecked);

        foreach (var (member, raw) in replacements)
        {
            remaining.Add(member, raw);
        }

        json.WriteStartObject();

        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (remaining.Remove(property.Name, out var raw))
            {
                json.WritePropertyName(property.Name);
                json.WriteRawValue(raw, skipInputValidation: true);
            }
            else
            {
                property.WriteTo(json);
            }
        }

        foreach (var (member, raw) in remaining)
        {
            json.WritePropertyName(member);
            json.WriteRawValue(raw, skipInputValidation: true);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteNamespacePools(Utf8JsonWriter json, in ClusterFacts facts)
    {
        json.WriteStartObject("namespacePools"u8);
        json.WriteBoolean("enabled"u8, facts.HasNamespacePools);
        json.WriteStartArray("names"u8);

        if (facts.HasNamespacePools)
        {
            json.WriteStringValue("airflow-pool-1"u8);
            json.WriteStringValue("airflow-pool-2"u8);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteNewerMembers(Utf8JsonWriter json, in ClusterFacts facts)
    {
        json.WriteStartObject("namespaceLabels"u8);
        json.WriteString("platform"u8, "astronomer"u8);
        json.WriteEndObject();
        json.WriteStartObject("extraAnnotations"u8);
        json.WriteEndObject();
        json.WriteStartObject("customLogging"u8);
        json.WriteBoolean("enabled"u8, facts.HasCustomLogging);
        json.WriteEndObject();
        json.WriteStartObject("elasticsearch"u8);
        json.WriteBoolean("sharedElasticsearchEnabled"u8, !facts.HasCustomLogging);
        json.WriteEndObject();
        json.WriteStartObject("externalSecretManager"u8);
        json.WriteBoolean("isClusterSecretStore"u8, false);
        json.WriteEndObject();
        json.WriteStartObject("openshift"u8);
        json.WriteBoolean("enabled"u8, facts.HasOpenShift);
        json.WriteEndObject();
    }

    private static void Merge(JsonObject target, JsonObject members)
    {
        foreach (var (name, value) in members)
        {
            if (value is JsonObject inner && target[name] is JsonObject existing)
            {
                Merge(existing, inner);
            }
            else
            {
                target[name] = value?.DeepClone();
            }
        }
    }

    private static void Remove(JsonObject target, ReadOnlySpan<string> path)
    {
        if (path.Length == 1)
        {
            target.Remove(path[0]);
        }
        else if (target[path[0]] is JsonObject inner)
        {
            Remove(inner, path[1..]);
        }
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;

namespace Apc.Simulation.Control;

/// <summary>Writes the responses of the control API.</summary>
internal static class ControlJson
{
    /// <summary>For terminals: quotes inside texts are not written as Unicode escapes.</summary>
    public static JsonWriterOptions Readable => new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public static void Write(Utf8JsonWriter json, string name, ClusterBehaviour behaviour, bool isConfigured)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, name);
        json.WriteBoolean("configured"u8, isConfigured);
        json.WriteString("fault"u8, behaviour.Fault.Text);

        if (behaviour.Latency is { } latency)
        {
            json.WriteNumber("latencyMs"u8, (long)latency.TotalMilliseconds);
        }

        if (behaviour.HealthStatus is { } healthStatus)
        {
            json.WriteString("healthStatus"u8, healthStatus);
        }

        if (behaviour.StatusReason is { } statusReason)
        {
            json.WritePropertyName("statusReason"u8);
            statusReason.WriteTo(json);
        }

        if (behaviour.Payload is { } payload)
        {
            json.WritePropertyName("payload"u8);
            payload.WriteTo(json);
        }

        if (behaviour.Without.Count > 0)
        {
            json.WriteStartArray("without"u8);

            foreach (var path in behaviour.Without)
            {
                json.WriteStringValue(path);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, SimulatorDefaults defaults)
    {
        json.WriteStartObject();
        json.WriteNumber("latencyMs"u8, (long)defaults.Latency.TotalMilliseconds);
        json.WriteNumber("hungFraction"u8, defaults.HungFraction);
        json.WriteNumber("seed"u8, defaults.Seed);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, ProbeCount total, IEnumerable<KeyValuePair<string, ProbeCount>> clusters)
    {
        json.WriteStartObject();
        WriteMembers(json, total);
        json.WriteStartObject("clusters"u8);

        foreach (var (name, count) in clusters.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            json.WritePropertyName(name);
            Write(json, count);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, ProbeCount count)
    {
        json.WriteStartObject();
        WriteMembers(json, count);
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, ProbeCount count)
    {
        json.WriteNumber("requests"u8, count.Requests);
        json.WriteNumber("open"u8, count.Open);
        json.WriteNumber("peakOpen"u8, count.PeakOpen);
    }
}

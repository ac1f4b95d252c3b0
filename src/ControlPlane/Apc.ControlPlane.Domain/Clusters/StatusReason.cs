using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>Writes the <c>statusReason</c> of a probe, JSON in UTF-8.</summary>
/// <remarks>It contains no time: equal causes give equal bytes, so that an unchanged reason rewrites no row.</remarks>
public static class StatusReason
{
    /// <summary>The most that a reason repeats of the payload, in bytes.</summary>
    public const int MaxForeignBytes = 4096;

    // Not written into HTML; the texts may contain quotes and letters of any script.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The payload's own reason if it has a usable one, else one that is composed of the outcome.</summary>
    public static byte[] Of(ProbeOutcome outcome)
        => outcome.Payload?.StatusReason is { Length: > 0 } own ? own.ToArray() : Write(outcome);

    private static byte[] Write(ProbeOutcome outcome)
    {
        var text = outcome.Code.Text();
        var buffer = new ArrayBufferWriter<byte>(512);

        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            writer.WriteStartObject();
            writer.WriteString("message"u8, $"{outcome.What ?? text.What} {text.Next}");
            writer.WriteString("code"u8, text.Name);

            if (outcome.HttpStatus is { } status)
            {
                writer.WriteNumber("httpStatus"u8, status);
            }

            if (outcome.Payload is { } payload)
            {
                writer.WritePropertyName("healthStatus"u8);
                WriteShortened(writer, payload.HealthStatus.Span);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The value; a text with its beginning if it is too long or some readers would refuse it; null if there is none.</summary>
    private static void WriteShortened(Utf8JsonWriter writer, ReadOnlySpan<byte> json)
    {
        switch (json.Length)
        {
            case 0:
                writer.WriteNullValue();
                break;
            case <= MaxForeignBytes when JsonLimits.IsWholeText(json):
                // It was read as JSON within the limits before it came here.
                writer.WriteRawValue(json, skipInputValidation: true);
                break;
            default:
                writer.WriteStringValue(Beginning(json));
                break;
        }
    }

    /// <summary>As many whole characters as fit into a third of the limit: escaping makes them at most three times as long.</summary>
    private static string Beginning(ReadOnlySpan<byte> json)
    {
        if (json.Length <= MaxForeignBytes / 3)
        {
            return Encoding.UTF8.GetString(json);
        }

        var end = MaxForeignBytes / 3;

        while ((json[end] & 0b1100_0000) == 0b1000_0000)
        {
            end--;
        }

        return Encoding.UTF8.GetString(json[..end]) + "…";
    }
}

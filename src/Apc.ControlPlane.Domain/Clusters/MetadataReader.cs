using System.Text.Json;
using System.Text.Unicode;

namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>Reads an answer of <c>/metadata</c> in one pass over its bytes.</summary>
/// <remarks>
/// Unknown members are welcome, wherever they are. Refused are: what is not JSON in UTF-8 or breaks the limits of
/// <see cref="StrictJsonReader"/>, and lifted members that are no texts or that the database could not hold.
/// </remarks>
public static class MetadataReader
{
    /// <summary>The answer, or why it is none. Never throws for what the other side sent.</summary>
    public static ProbeOutcome Read(ReadOnlyMemory<byte> json)
    {
        if (WhyNotText(json.Span) is { } why)
        {
            return ProbeOutcome.Failed(ProbeCode.InvalidJson, why);
        }

        try
        {
            return ReadRoot(json);
        }
        catch (JsonException e)
        {
            return ProbeOutcome.Failed(
                ProbeCode.InvalidJson, $"The answer is not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
        catch (RefusedPayloadException e)
        {
            return ProbeOutcome.Failed(e.Code, e.Message);
        }
    }

    private static string? WhyNotText(ReadOnlySpan<byte> json) => json switch
    {
        [] => "The answer is empty.",
        [0xEF, 0xBB, 0xBF, ..] => "The answer begins with a byte order mark, which JSON does not allow.",
        _ => Utf8.IsValid(json) ? null : "The answer is not UTF-8.",
    };

    private static ProbeOutcome ReadRoot(ReadOnlyMemory<byte> json)
    {
        var payload = new MetadataPayload { Json = json };
        var reader = new StrictJsonReader(json);
        reader.Read();

        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            // Read on for its errors: what only begins like JSON is told so.
            reader.FinishValue();
            reader.ReadEnd();
            throw Unexpected("The answer is JSON, but not an object.");
        }

        ReadMembers(ref reader, payload);
        reader.ReadEnd();
        return ProbeOutcome.Answered(payload);
    }

    private static void ReadMembers(ref StrictJsonReader reader, MetadataPayload payload)
    {
        var scope = reader.EnterObject();

        while (reader.NextMember(scope, out var member))
        {
            switch (member)
            {
                case "healthStatus":
                    payload.HealthStatus = ReadHealthStatus(ref reader, out var isHealthy);
                    payload.IsHealthy = isHealthy;
                    break;
                case "statusReason":
                    payload.StatusReason = ReadObjectOrNothing(ref reader);
                    break;
                case "commander":
                    ReadCommander(ref reader, payload);
                    break;
                case "kubernetesVersion":
                    payload.K8sVersion = ReadText(ref reader, member);
                    break;
                case "cloudProvider":
                    payload.CloudProvider = ReadText(ref reader, member);
                    break;
                case "region":
                    payload.Region = ReadText(ref reader, member);
                    break;
                case "dataplaneChartVersion":
                    payload.DpChartVersion = ReadText(ref reader, member);
                    break;
                case "baseDomain":
                    // Names of domains have no case, and no two clusters may share one.
                    payload.BaseDomain = ReadText(ref reader, member)?.ToLowerInvariant();
                    break;
                case "dataplaneUrl":
                    payload.DataplaneUrl = ReadText(ref reader, member);
                    break;
                case "dataplaneId":
                    payload.DataplaneId = ReadText(ref reader, member);
                    break;
                default:
                    reader.ReadValue();
                    break;
            }
        }
    }

    private static void ReadCommander(ref StrictJsonReader reader, MetadataPayload payload)
    {
        reader.Read();

        if (reader.TokenType is JsonTokenType.Null)
        {
            return;
        }

        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            throw Unexpected("The member commander is not an object.");
        }

        var scope = reader.EnterObject();

        while (reader.NextMember(scope, out var member))
        {
            switch (member)
            {
                case "version":
                    payload.CommanderVersion = ReadText(ref reader, "commander.version");
                    break;
                case "airflowChartVersion":
                    payload.AirflowChartVersion = ReadText(ref reader, "commander.airflowChartVersion");
                    break;
                default:
                    reader.ReadValue();
                    break;
            }
        }
    }

    /// <summary>The value as it came, whatever its type; empty for null.</summary>
    private static ReadOnlyMemory<byte> ReadHealthStatus(ref StrictJsonReader reader, out bool isHealthy)
    {
        var value = reader.ReadValue();
        isHealthy = reader.TokenType is JsonTokenType.String && reader.ValueEquals("HEALTHY");
        return reader.TokenType is JsonTokenType.Null ? default : value;
    }

    private static ReadOnlyMemory<byte> ReadObjectOrNothing(ref StrictJsonReader reader)
    {
        var value = reader.ReadValue();
        return reader.TokenType is JsonTokenType.EndObject ? value : default;
    }

    /// <summary>A lifted text; null for null and for blanks.</summary>
    private static string? ReadText(ref StrictJsonReader reader, string member)
    {
        reader.Read();

        if (reader.TokenType is JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType is not JsonTokenType.String)
        {
            throw Unexpected($"The member {member} is not a text.");
        }

        var text = reader.TryGetString() ?? throw Unexpected($"The member {member} is not valid Unicode.");

        if (text.Length > Cluster.MaxTextLength)
        {
            throw Unexpected($"The member {member} is longer than {Cluster.MaxTextLength} characters.");
        }

        return text switch
        {
            _ when text.Contains('\0') => throw Unexpected($"The member {member} contains U+0000."),
            _ when string.IsNullOrWhiteSpace(text) => null,
            _ => text,
        };
    }

    private static RefusedPayloadException Unexpected(string what) => new(ProbeCode.UnexpectedPayload, what);
}

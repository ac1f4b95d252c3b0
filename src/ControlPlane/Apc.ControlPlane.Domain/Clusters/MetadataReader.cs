using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>Reads an answer of <c>/metadata</c> in one pass over its bytes.</summary>
/// <remarks>
/// Only <c>healthStatus</c> decides. Any other member with a problem (another type, too long, repeated, too deep) is kept in the payload,
/// not lifted, and reported in <see cref="MetadataPayload.Problems"/>. An answer is refused only if it is not a JSON object, or has
/// <c>healthStatus</c> twice.
/// </remarks>
public static class MetadataReader
{
    private const string Repeated = "It is there more than once.";

    /// <summary>The answer, or why it is unusable. Does not throw, whatever the other side sent.</summary>
    public static ProbeOutcome Read(ReadOnlyMemory<byte> answer)
    {
        var json = answer.Span.StartsWith(Encoding.UTF8.Preamble) ? answer[Encoding.UTF8.Preamble.Length..] : answer;

        if (WhyNotText(json.Span) is { } why)
        {
            return ProbeOutcome.Failed(ProbeCode.InvalidJson, why);
        }

        try
        {
            var problems = new MetadataProblems();
            return ReadRoot(Valid(json, problems), problems);
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
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => "The answer is not UTF-8.",
        _ => null,
    };

    /// <summary>The answer in valid UTF-8; the database refuses anything else.</summary>
    private static ReadOnlyMemory<byte> Valid(ReadOnlyMemory<byte> json, MetadataProblems problems)
    {
        if (Utf8.IsValid(json.Span))
        {
            return json;
        }

        problems.Add("", "The answer is not valid UTF-8; U+FFFD stands for each byte that is not.");
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json.Span));
    }

    private static ProbeOutcome ReadRoot(ReadOnlyMemory<byte> json, MetadataProblems problems)
    {
        var reader = new MetadataJsonReader(json, problems);
        reader.Read();

        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            // Read to the end, so that a text that only begins like JSON is reported as invalid JSON.
            reader.FinishValue("");
            reader.ReadEnd();
            throw new RefusedPayloadException(ProbeCode.UnexpectedPayload, "The answer is JSON, but not an object.");
        }

        var payload = new MetadataPayload();
        ReadMembers(ref reader, payload, problems);
        reader.ReadEnd();
        payload.Json = reader.Kept();
        payload.Problems = problems.ToJson();
        return ProbeOutcome.Answered(payload);
    }

    private static void ReadMembers(ref MetadataJsonReader reader, MetadataPayload payload, MetadataProblems problems)
    {
        reader.EnterObject();

        while (reader.NextMember(out var member, out var isRepeated))
        {
            if (isRepeated)
            {
                problems.Add(member, Repeated);
            }

            switch (member)
            {
                case "healthStatus" when isRepeated:
                    throw new RefusedPayloadException(
                        ProbeCode.InvalidJson, "An object of the answer has the member \"healthStatus\" twice.");
                case "healthStatus":
                    payload.HealthStatus = ReadHealthStatus(ref reader, out var isHealthy);
                    payload.IsHealthy = isHealthy;
                    break;
                case "statusReason":
                    var reason = ReadStatusReason(ref reader, problems);
                    payload.StatusReason = isRepeated ? default : reason;
                    break;
                case "commander":
                    ReadCommander(ref reader, payload, problems, isRepeated);
                    break;
                case "kubernetesVersion" or "cloudProvider" or "region" or "dataplaneChartVersion"
                    or "baseDomain" or "dataplaneUrl" or "dataplaneId":
                    payload.Lift(member, ReadText(ref reader, member, problems, isRepeated));
                    break;
                default:
                    reader.ReadValue(member);
                    break;
            }
        }
    }

    private static void ReadCommander(
        ref MetadataJsonReader reader, MetadataPayload payload, MetadataProblems problems, bool isRepeated)
    {
        reader.Read();

        if (reader.TokenType is not JsonTokenType.StartObject || isRepeated)
        {
            if (reader.TokenType is not (JsonTokenType.Null or JsonTokenType.StartObject))
            {
                problems.Add("commander", $"It is {NameOf(reader.TokenType)}, not an object.");
            }

            if (reader.TokenType is not JsonTokenType.Null || isRepeated)
            {
                payload.Lift("commander.version", "");
                payload.Lift("commander.airflowChartVersion", "");
            }

            reader.FinishValue("commander");
            return;
        }

        reader.EnterObject();

        while (reader.NextMember(out var member, out var isMemberRepeated))
        {
            var path = "commander." + member;

            if (isMemberRepeated)
            {
                problems.Add(path, Repeated);
            }

            if (member is "version" or "airflowChartVersion")
            {
                payload.Lift(path, ReadText(ref reader, path, problems, isMemberRepeated));
            }
            else
            {
                reader.ReadValue(path);
            }
        }
    }

    /// <summary>The value as it came, whatever its type; empty for null.</summary>
    private static ReadOnlyMemory<byte> ReadHealthStatus(ref MetadataJsonReader reader, out bool isHealthy)
    {
        var value = reader.ReadValue("healthStatus");
        isHealthy = reader.TokenType is JsonTokenType.String && reader.ValueEquals("HEALTHY");
        return reader.TokenType is JsonTokenType.Null ? default : value;
    }

    /// <summary>The value as it came, if it is an object that all readers read in the same way; else empty.</summary>
    private static ReadOnlyMemory<byte> ReadStatusReason(ref MetadataJsonReader reader, MetadataProblems problems)
    {
        var before = problems.Count;
        var value = reader.ReadValue("statusReason");

        if (reader.TokenType is JsonTokenType.Null)
        {
            return default;
        }

        var problem = reader.TokenType is not JsonTokenType.EndObject ? $"It is {NameOf(reader.TokenType)}, not an object."
            : value.Length > StatusReason.MaxForeignBytes ? $"It is longer than {StatusReason.MaxForeignBytes} bytes."
            : !JsonLimits.IsWholeText(value.Span) ? "It contains U+0000, or a text that is not valid Unicode."
            : null;

        if (problem is not null)
        {
            problems.Add("statusReason", problem);
        }

        return problems.Count == before ? value : default;
    }

    /// <summary>A text to lift: null for null and for blanks, empty for a value that cannot be lifted.</summary>
    private static string? ReadText(ref MetadataJsonReader reader, string path, MetadataProblems problems, bool isRepeated)
    {
        reader.Read();
        var (text, problem) = reader.TokenType switch
        {
            JsonTokenType.Null => (null, null),
            JsonTokenType.String => TextOf(ref reader, path),
            JsonTokenType.Number when MetadataPayload.TakesNumbers(path) => NumberOf(ref reader),
            _ => ("", $"It is {NameOf(reader.TokenType)}, not a text."),
        };
        reader.FinishValue(path);

        if (problem is not null)
        {
            problems.Add(path, problem);
        }

        return isRepeated ? "" : text;
    }

    private static (string? Text, string? Problem) TextOf(ref MetadataJsonReader reader, string path)
    {
        // An escaped character has at most six bytes; a longer text is not unescaped.
        var text = reader.Written.Length > 6 * Cluster.MaxTextLength ? null : reader.TryGetString();

        return text switch
        {
            null when reader.Written.Length > 6 * Cluster.MaxTextLength => TooLong,
            null => ("", "It is not valid Unicode."),
            { Length: > Cluster.MaxTextLength } => TooLong,
            _ when text.Contains('\0') => ("", "It contains U+0000."),
            _ when string.IsNullOrWhiteSpace(text) => (null, null),
            _ when path is not "baseDomain" => (text, null),
            _ => BaseDomainForm.Of(text) is { } form ? (form, null) : ("", "It is no domain."),
        };
    }

    private static (string? Text, string? Problem) NumberOf(ref MetadataJsonReader reader)
        => reader.Written.Length > Cluster.MaxTextLength
            ? TooLong
            : (Encoding.ASCII.GetString(reader.Written), "It is a number, not a text; it is taken as it is written.");

    private static (string Text, string Problem) TooLong => ("", $"It is longer than {Cluster.MaxTextLength} characters.");

    private static string NameOf(JsonTokenType token) => JsonLimits.NameOf(token switch
    {
        JsonTokenType.StartArray or JsonTokenType.EndArray => JsonValueKind.Array,
        JsonTokenType.StartObject or JsonTokenType.EndObject => JsonValueKind.Object,
        JsonTokenType.String => JsonValueKind.String,
        JsonTokenType.Number => JsonValueKind.Number,
        _ => JsonValueKind.True,
    });
}

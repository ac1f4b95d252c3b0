using System.Text.Encodings.Web;
using System.Text.Json;

namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>The <c>statusReason</c> of a status that was set by hand.</summary>
public static class ManualStatusReason
{
    /// <summary>Longest reason, in bytes of UTF-8.</summary>
    public const int MaxBytes = 16 * 1024;

    /// <summary>Deepest nesting.</summary>
    public const int MaxDepth = 16;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The reason as it is stored: exactly as it was given.</summary>
    /// <exception cref="InvalidStatusReasonException">It is not an object, or is over a limit.</exception>
    public static byte[] Of(JsonElement given)
    {
        if (given.ValueKind is not JsonValueKind.Object)
        {
            throw new InvalidStatusReasonException(
                $"statusReason must be a JSON object such as {{\"message\": \"…\"}}, but is {JsonLimits.NameOf(given.ValueKind)}.");
        }

        JsonLimits.Check("statusReason", given, MaxBytes, MaxDepth, text => new InvalidStatusReasonException(text));
        return System.Text.Encoding.UTF8.GetBytes(given.GetRawText());
    }

    /// <summary>The member <c>message</c> of the reason; null if it is no plain text.</summary>
    public static string? MessageIn(JsonElement given)
    {
        try
        {
            return given.TryGetProperty("message", out var message) && message.ValueKind is JsonValueKind.String
                ? PlainText.NormalizeLines(message.GetString()!, MaxBytes) is { Length: > 0 } text ? text : null
                : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which JSON may escape and a string cannot hold.
            return null;
        }
    }

    /// <summary>The reason if none was given with the status.</summary>
    public static byte[] For(ClusterStatus status, string actor)
        => JsonSerializer.SerializeToUtf8Bytes(
            new { message = $"Set to {(status is ClusterStatus.Active ? "ACTIVE" : "INACTIVE")} by {actor}" }, Plain);
}

/// <summary>A reason for a status that cannot be used.</summary>
public sealed class InvalidStatusReasonException(string message) : DomainException("INVALID_STATUS_REASON", message);

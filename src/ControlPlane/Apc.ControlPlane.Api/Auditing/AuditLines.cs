using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Apc.ControlPlane.Api.Common.Errors;
using Apc.ControlPlane.Domain.Audits;
using Apc.ControlPlane.Domain.Clusters;
using Apc.GraphQL.Errors;

namespace Apc.ControlPlane.Api.Auditing;

/// <summary>Writes a line for each event, to standard output unless a test listens.</summary>
/// <param name="output">
/// In the host the output queue: it never blocks the caller, and keeps these lines apart from those of the log.
/// </param>
public sealed class AuditLines(TextWriter output)
{
    private readonly TextWriter _output = TextWriter.Synchronized(output);

    /// <summary>Writes the line of an event.</summary>
    /// <param name="row">The event.</param>
    /// <param name="duration">How long the operation has taken so far; null outside of requests.</param>
    public void Write(AuditLog row, TimeSpan? duration) => _output.Write(AuditLine.Of(row, duration) + "\n");
}

/// <summary>
/// The line of an event, in the shape that Houston gives it, so that log collectors that select lines with <c>.audit == true</c> find it.
/// </summary>
internal static partial class AuditLine
{
    private const string Version = "1.0";
    private const string Component = "houston-api";

    /// <summary>One JSON object in ASCII, without a line break.</summary>
    public static string Of(AuditLog row, TimeSpan? duration)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        var isSuccess = row.Outcome is AuditOutcome.Success;

        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", row.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteBoolean("audit", true);
            json.WriteString("audit_version", Version);
            json.WriteString("correlationId", row.RequestId);
            json.WriteString("sessionId", row.TokenId);
            WriteActor(json, row);
            json.WriteString("action", row.Action);
            json.WriteString("operation", row.Operation);
            json.WriteStartObject("entity");
            json.WriteString("type", row.EntityType);
            json.WriteString("id", row.EntityId);
            json.WriteString("name", row.EntityName);
            json.WriteEndObject();
            json.WriteString("outcome", isSuccess ? "SUCCESS" : "FAILURE");
            json.WriteNumber("statusCode", isSuccess ? StatusCodes.Status200OK : StatusOf(row.ErrorCode));
            WriteRequest(json, row, duration);
            json.WriteString("component", Component);
            json.WriteString("level", isSuccess ? "info" : "warn");
            json.WriteString("message", Message(row, isSuccess));
            WriteChanges(json, row);
            json.WriteEndObject();
        }

        return Encoding.ASCII.GetString(buffer.WrittenSpan);
    }

    private static void WriteActor(Utf8JsonWriter json, AuditLog row)
    {
        json.WriteString("userId", row.ActorId?.ToString());
        json.WriteString("username", row.ActorName);
        json.WriteString("userEmail", row.ActorEmail);
        json.WriteString("role", row.ActorRoles is { Length: > 0 } roles ? string.Join(',', roles) : null);
        json.WriteString("clientType", row.ClientType);
        json.WriteStartObject("origin");
        json.WriteString("requestIp", row.Address);
        json.WriteString("podName", Environment.MachineName);
        json.WriteEndObject();
    }

    private static void WriteRequest(Utf8JsonWriter json, AuditLog row, TimeSpan? duration)
    {
        if (row.Variables is not null)
        {
            json.WriteStartObject("request");
            json.WriteStartObject("graphql");
            json.WriteString("operation", row.Operation);
            Write(json, "variables", row.Variables);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        if (duration is { } taken)
        {
            json.WriteStartObject("response");
            json.WriteNumber("duration", Math.Round(taken.TotalMilliseconds, 1));
            json.WriteEndObject();
        }
    }

    private static void WriteChanges(Utf8JsonWriter json, AuditLog row)
    {
        if (row.ErrorMessage is not null)
        {
            json.WriteString("errorMessage", row.ErrorMessage);
        }

        if (row.Reason is not null)
        {
            json.WriteString("reason", row.Reason);
        }

        if (row.Before is null && row.After is null)
        {
            return;
        }

        json.WriteStartObject("changes");
        Write(json, "before", row.Before);
        Write(json, "after", row.After);
        json.WriteEndObject();
    }

    /// <summary>Parses and writes again, because line breaks between the tokens of a stored text would end the line.</summary>
    private static void Write(Utf8JsonWriter json, string name, byte[]? stored)
    {
        if (stored is null)
        {
            json.WriteNull(name);
            return;
        }

        using var document = JsonDocument.Parse(stored);
        json.WritePropertyName(name);
        document.RootElement.WriteTo(json);
    }

    /// <summary>
    /// The HTTP status closest to an error code. The response itself has 200, because GraphQL over HTTP reports failed fields that way.
    /// </summary>
    private static int StatusOf(string? errorCode) => errorCode switch
    {
        "UNAUTHENTICATED" or "INVALID_CREDENTIALS" => StatusCodes.Status401Unauthorized,
        "FORBIDDEN" or "USER_NOT_ACTIVE" or "PROVIDER_DENIED" or "PUBLIC_SIGNUPS_DISABLED" or "LOCAL_SIGN_IN_DISABLED"
            or "EMAIL_DOMAIN_NOT_ALLOWED" or "EMAIL_NOT_CONFIRMED" or "EMAIL_NOT_VERIFIED" or "PROVIDER_EMAIL_UNVERIFIED"
            or "SYSTEM_ROLE_DOMAIN" => StatusCodes.Status403Forbidden,
        "CHANGED_MEANWHILE" => StatusCodes.Status409Conflict,
        ErrorCodes.LimitExceeded or "MAIL_BUSY" or "QUOTA_EXCEEDED" => StatusCodes.Status429TooManyRequests,
        ErrorCodes.Internal or null => StatusCodes.Status500InternalServerError,
        "PROVIDER_FAILED" => StatusCodes.Status502BadGateway,
        DatabaseOutage.Code or "MAIL_UNAVAILABLE" => StatusCodes.Status503ServiceUnavailable,
        ErrorCodes.Timeout => StatusCodes.Status504GatewayTimeout,
        _ when NotFound().IsMatch(errorCode) => StatusCodes.Status404NotFound,
        _ when TooMany().IsMatch(errorCode) => StatusCodes.Status429TooManyRequests,
        _ when ProbeCodes.All.Any(probe => probe.Name == errorCode) => StatusCodes.Status502BadGateway,
        _ => StatusCodes.Status400BadRequest,
    };

    [GeneratedRegex("(^|_)NOT_FOUND$")]
    private static partial Regex NotFound();

    [GeneratedRegex("_(THROTTLED|QUOTA|EXHAUSTED)$|^TOO_MANY_|_LIMIT(_REACHED)?$")]
    private static partial Regex TooMany();

    private static string Message(AuditLog row, bool isSuccess)
    {
        var text = $"{row.Action} {(isSuccess ? "succeeded" : "failed")} by {row.ActorName ?? "somebody without a token"}";
        return row.ErrorMessage is null ? text : $"{text}: {row.ErrorMessage}";
    }
}

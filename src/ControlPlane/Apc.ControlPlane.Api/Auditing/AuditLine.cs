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

/// <summary>The line of an event, in the shape that Houston gives it, so that collectors which keep lines where <c>.audit == true</c> find it.</summary>
internal static partial class AuditLine
{
    private const string Version = "1.0";
    private const string Component = "houston-api";

    /// <summary>One JSON object in ASCII, without a line break.</summary>
    /// <param name="row">What happened.</param>
    /// <param name="duration">How long the operation took until now; null outside of requests.</param>
    public static string Of(AuditLog row, TimeSpan? duration)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);

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
            WriteEntity(json, row);
            WriteOutcome(json, row);
            WriteRequest(json, row, duration);
            json.WriteString("component", Component);
            json.WriteString("level", row.Outcome is AuditOutcome.Success ? "info" : "warn");
            json.WriteString("message", Message(row));
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

    private static void WriteEntity(Utf8JsonWriter json, AuditLog row)
    {
        json.WriteStartObject("entity");
        json.WriteString("type", row.EntityType);
        json.WriteString("id", row.EntityId);
        json.WriteString("name", row.EntityName);
        json.WriteEndObject();
    }

    private static void WriteOutcome(Utf8JsonWriter json, AuditLog row)
    {
        json.WriteString("outcome", row.Outcome is AuditOutcome.Success ? "SUCCESS" : "FAILURE");
        json.WriteNumber("statusCode", row.Outcome is AuditOutcome.Success ? StatusCodes.Status200OK : StatusOf(row.ErrorCode));
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

    /// <summary>Read and written anew, so that no line break of a stored text can end the line.</summary>
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

    /// <summary>The HTTP status that says the same, by the kind of the code: most say themselves what there is not, or what came too often. The response itself has 200, as GraphQL wants it whatever became of a field.</summary>
    private static int StatusOf(string? errorCode) => errorCode switch
    {
        "UNAUTHENTICATED" or "INVALID_CREDENTIALS" => StatusCodes.Status401Unauthorized,
        "FORBIDDEN" or "USER_NOT_ACTIVE" or "PROVIDER_DENIED" or "PUBLIC_SIGNUPS_DISABLED" or "LOCAL_SIGN_IN_DISABLED" or "EMAIL_DOMAIN_NOT_ALLOWED"
            or "EMAIL_NOT_CONFIRMED" or "EMAIL_NOT_VERIFIED" or "PROVIDER_EMAIL_UNVERIFIED" or "SYSTEM_ROLE_DOMAIN" => StatusCodes.Status403Forbidden,
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

    private static string Message(AuditLog row)
    {
        var text = new StringBuilder(row.Action).Append(row.Outcome is AuditOutcome.Success ? " succeeded" : " failed");
        text.Append(" by ").Append(row.ActorName ?? "somebody without a token");
        return row.ErrorMessage is null ? text.ToString() : text.Append(": ").Append(row.ErrorMessage).ToString();
    }
}

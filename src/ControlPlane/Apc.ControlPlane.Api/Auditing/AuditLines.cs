using System.Globalization;
using System.Text.Json.Nodes;
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
    /// <summary>One JSON object in ASCII, without a line break.</summary>
    public static string Of(AuditLog row, TimeSpan? duration)
    {
        var isSuccess = row.Outcome is AuditOutcome.Success;
        var line = new JsonObject
        {
            ["timestamp"] = row.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["audit"] = true,
            ["audit_version"] = "1.0",
            ["correlationId"] = row.RequestId,
            ["sessionId"] = row.TokenId,
            ["userId"] = row.ActorId?.ToString(),
            ["username"] = row.ActorName,
            ["userEmail"] = row.ActorEmail,
            ["role"] = row.ActorRoles is { Length: > 0 } roles ? string.Join(',', roles) : null,
            ["clientType"] = row.ClientType,
            ["origin"] = new JsonObject { ["requestIp"] = row.Address, ["podName"] = Environment.MachineName },
            ["action"] = row.Action,
            ["operation"] = row.Operation,
            ["entity"] = new JsonObject { ["type"] = row.EntityType, ["id"] = row.EntityId, ["name"] = row.EntityName },
            ["outcome"] = isSuccess ? "SUCCESS" : "FAILURE",
            ["statusCode"] = isSuccess ? StatusCodes.Status200OK : StatusOf(row.ErrorCode),
        };

        if (row.Variables is not null)
        {
            var graphql = new JsonObject { ["operation"] = row.Operation, ["variables"] = JsonNode.Parse(row.Variables) };
            line["request"] = new JsonObject { ["graphql"] = graphql };
        }

        if (duration is { } taken)
        {
            line["response"] = new JsonObject { ["duration"] = Math.Round(taken.TotalMilliseconds, 1) };
        }

        line["component"] = "houston-api";
        line["level"] = isSuccess ? "info" : "warn";
        line["message"] = Message(row, isSuccess);

        if (row.ErrorMessage is not null)
        {
            line["errorMessage"] = row.ErrorMessage;
        }

        if (row.Reason is not null)
        {
            line["reason"] = row.Reason;
        }

        if (row.Before is not null || row.After is not null)
        {
            line["changes"] = new JsonObject { ["before"] = Json(row.Before), ["after"] = Json(row.After) };
        }

        return line.ToJsonString();
    }

    private static JsonNode? Json(byte[]? stored) => stored is null ? null : JsonNode.Parse(stored);

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

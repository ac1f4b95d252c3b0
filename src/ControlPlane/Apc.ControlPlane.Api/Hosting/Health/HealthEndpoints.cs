using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Apc.ControlPlane.Api.Hosting.Health;

/// <summary><c>/v1/healthz</c>: alive. <c>/v1/readyz</c>: able to answer requests, or what is missing; and what is degraded.</summary>
internal static class HealthEndpoints
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    // Load balancers ask by HEAD.
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        // Touches neither database nor configuration: a process that answers is alive.
        routes.MapMethods("/v1/healthz", Reading, () => Results.Text("{}", "application/json"));
        routes.MapMethods("/v1/readyz", Reading, ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(HealthCheckService checks, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        var missing = Those(report, HealthStatus.Unhealthy);
        return Results.Json(
            new Readiness(missing is null, missing, Those(report, HealthStatus.Degraded)),
            Json,
            statusCode: missing is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static Dictionary<string, string>? Those(HealthReport report, HealthStatus status)
        => report.Entries.Where(e => e.Value.Status == status)
            .ToDictionary(e => e.Key, e => e.Value.Description ?? "not ready") is { Count: > 0 } found
            ? found
            : null;

    private sealed record Readiness(bool Ready, Dictionary<string, string>? Missing, Dictionary<string, string>? Degraded);
}

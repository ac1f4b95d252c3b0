using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Apc.ControlPlane.Api.Observability;

/// <summary><c>/v1/healthz</c>: alive. <c>/v1/readyz</c>: able to work, or what is missing.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        // Touches neither database nor configuration: a process that answers is alive.
        routes.MapGet("/v1/healthz", () => Results.Text("{}", "application/json"));
        routes.MapGet("/v1/readyz", ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(HealthCheckService checks, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        var missing = report.Entries.Where(e => e.Value.Status is not HealthStatus.Healthy)
            .ToDictionary(e => e.Key, e => e.Value.Description ?? "not ready");

        return missing.Count == 0
            ? Results.Json(new { ready = true })
            : Results.Json(new { ready = false, missing }, statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}

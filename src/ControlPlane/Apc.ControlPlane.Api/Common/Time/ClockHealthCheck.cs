using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Apc.ControlPlane.Api.Common.Time;

/// <summary>Whether this machine's clock agrees with the database's.</summary>
internal sealed class ClockHealthCheck(ClockWatch watch) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        => Task.FromResult(watch.Offset is not { } offset || ClockWatch.Describe(offset) is not { } problem ? HealthCheckResult.Healthy()
            : offset.Duration() > ClockWatch.RefusedBeyond ? HealthCheckResult.Unhealthy(problem)
            : HealthCheckResult.Degraded(problem));
}

using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Apc.ControlPlane.Api.Fleet.Sweeps;

/// <summary>Whether the fleet is swept. Where it is not, requests are answered all the same: degraded, not down.</summary>
internal sealed class SweepHealthCheck(SweepWatch watch) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await watch.FindOverdueAsync(cancellationToken).WaitAsync(TimeSpan.FromSeconds(4), TimeProvider.System, cancellationToken) is { } due
                ? HealthCheckResult.Degraded(FormattableString.Invariant($"The sweep that was due at {due:yyyy-MM-dd'T'HH:mm:ss'Z'} has not begun."))
                : HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return HealthCheckResult.Degraded("Whether sweeps are overdue is not known: the database does not answer.");
        }
    }
}

using Apc.ControlPlane.Data;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Apc.ControlPlane.Api.Observability;

/// <summary>Whether the database answers and can be written to.</summary>
internal sealed class DatabaseHealthCheck(ControlPlaneDataSources dataSources) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = dataSources.Writes.CreateCommand("select current_setting('transaction_read_only')");
            return await command.ExecuteScalarAsync(cancellationToken) is "off"
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("The database refuses changes: it is read-only.");
        }
        catch (NpgsqlException exception)
        {
            return HealthCheckResult.Unhealthy($"The database does not answer: {exception.GetBaseException().Message}");
        }
    }
}

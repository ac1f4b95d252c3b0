using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain.Access;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Apc.ControlPlane.Api.Hosting.Health;

/// <summary>Whether requests can be answered: the database takes changes, and answers the look-up of a token that each needs.</summary>
internal sealed class DatabaseHealthCheck(ControlPlaneDataSources dataSources, TokenLookUp lookUp) : IHealthCheck
{
    /// <summary>Shorter than a request would wait, whose caller would have given up.</summary>
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(4);

    // The public id of no token.
    private static readonly string Nobody = AccessToken.Mask(AccessTokenKind.User, new string('0', AccessToken.PublicIdLength));

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await AskAsync(cancellationToken).WaitAsync(AnswersWithin, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException)
        {
            return HealthCheckResult.Unhealthy($"The database does not answer within {AnswersWithin.TotalSeconds} s.");
        }
        catch (PostgresException exception)
        {
            return HealthCheckResult.Unhealthy($"The database refuses what requests ask of it: {exception.MessageText}");
        }
        catch (NpgsqlException exception)
        {
            return HealthCheckResult.Unhealthy($"The database does not answer: {exception.GetBaseException().Message}");
        }
    }

    private async Task<HealthCheckResult> AskAsync(CancellationToken cancellationToken)
    {
        await lookUp(AccessTokenKind.User, Nobody);
        await using var command = dataSources.Writes.CreateCommand(ServerSql.IsReadOnly);
        return await command.ExecuteScalarAsync(cancellationToken) is "off"
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The database refuses changes: it is read-only.");
    }
}

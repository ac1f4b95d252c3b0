using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Clusters;
using Apc.TestKit;
using Npgsql;

namespace Apc.ControlPlane.Api.Tests.Fleet.Clusters;

/// <summary>Data planes and a database for replicas that tests put together; each test begins without clusters.</summary>
public sealed class FleetFixture(PostgresServer server) : Installation(server, new InstallationSetup { Replicas = 0 })
{
    /// <summary>As if nothing had been registered yet.</summary>
    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        await StartDataPlanesAsync();

        // What the test before has left behind may still be storing: tables are locked in the order in which it does that.
        await Database.ExecuteAsync(
            $"""
            TRUNCATE {HoustonNames.ClusterSyncRun}, {HoustonNames.ClusterObservation}, {HoustonNames.Cluster}, {HoustonNames.ClusterStatusTransition},
                {HoustonNames.OutboxEvent}, {HoustonNames.AuditLog} CASCADE
            """,
            cancellationToken);
    }

    /// <summary>Registers clusters c0, c1, … as ACTIVE, each at a simulated data plane of its name.</summary>
    /// <returns>Their ids, in the order of the ids, which is that of the names.</returns>
    public async Task<Guid[]> RegisterAsync(int count, CancellationToken cancellationToken)
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var ids = Enumerable.Range(0, count).Select(i => Guid.CreateVersion7(start.AddMilliseconds(i))).ToArray();

        await using var command = Database.DataSources.Writes.CreateCommand(
            $"""
            WITH fleet AS (SELECT id, n - 1 AS n FROM unnest($1) WITH ORDINALITY AS fleet (id, n)),
            registered AS (
                INSERT INTO {HoustonNames.Cluster} (id, name, status, "payloadHash", "baseDomain", "dataplaneUrl", "metadataUrl",
                    config, "createdAt", "updatedAt", "statusChangedAt")
                SELECT id, 'c' || n, 'ACTIVE', 0, 'c' || n || '.example.com', 'c' || n || '.example.com', $2 || 'c' || n, '{JsonOfConfig}', $3, $3, $3
                FROM fleet RETURNING id),
            observed AS (
                INSERT INTO {HoustonNames.ClusterObservation} ("clusterId", number, "observedAt", "attemptedAt")
                SELECT id, {HoustonNames.NextClusterOrder}, $3, $3 FROM fleet RETURNING "clusterId", number)
            INSERT INTO {HoustonNames.ClusterStatusTransition} (id, "clusterId", number, "to", cause, at)
            SELECT gen_random_uuid(), "clusterId", number, 'ACTIVE', 'REGISTER', $3 FROM observed
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = ids });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = DataPlanes.MetadataUrl("c")[..^1] });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = start });
        await command.ExecuteNonQueryAsync(cancellationToken);
        return ids;
    }

    public async Task<Cluster> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = Database.CreateContext();
        return (await db.Clusters.FindAsync([id], cancellationToken))!;
    }

    /// <summary>The statuses, in the order of the ids.</summary>
    public Task<List<string>> StatusesAsync(CancellationToken cancellationToken)
        => Database.QueryAsync<string>($"SELECT status FROM {HoustonNames.Cluster} ORDER BY id", cancellationToken);

    private const string JsonOfConfig = """{"deployments": {}}""";
}

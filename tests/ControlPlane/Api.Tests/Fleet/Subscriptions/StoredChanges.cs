using Apc.ControlPlane.Data;
using Npgsql;

namespace Apc.ControlPlane.Api.Tests.Fleet.Subscriptions;

/// <summary>Changes of status as any writer leaves them behind.</summary>
internal static class StoredChanges
{
    /// <summary>Writes a change to INACTIVE, in the transaction that is open on the connection.</summary>
    public static async Task WriteAsync(NpgsqlConnection connection, Guid clusterId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            WITH transition AS (
                INSERT INTO {HoustonNames.ClusterStatusTransition} (id, "clusterId", number, "from", "to", cause, at)
                VALUES (gen_random_uuid(), $1, {HoustonNames.NextClusterOrder}, 'ACTIVE', 'INACTIVE', 'RECONCILE', now()) RETURNING id, "clusterId", at)
            INSERT INTO {HoustonNames.OutboxEvent} (kind, "clusterId", "transitionId", at)
            SELECT 'cluster.statusChanged', "clusterId", id, at FROM transition
            """,
            connection)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = clusterId } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

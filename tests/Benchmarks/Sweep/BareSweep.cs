using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Apc.Benchmarks.Sweep;

/// <summary>The limit of a sweep: one <see cref="HttpClient"/>, 256 workers, the health read off each answer, and one UPDATE of all rows at the end.</summary>
internal static class BareSweep
{
    private const int Workers = 256;

    /// <returns>How long it took until the rows were stored.</returns>
    public static async Task<TimeSpan> RunAsync(NpgsqlDataSource database)
    {
        var started = TimeProvider.System.GetTimestamp();
        var targets = await ReadAsync(database);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null })
        {
            Timeout = TimeSpan.FromSeconds(5),
        };
        var statuses = new string[targets.Count];
        var payloads = new string[targets.Count];
        var next = -1;

        await Task.WhenAll(Enumerable.Range(0, Workers).Select(async _ =>
        {
            for (var i = Interlocked.Increment(ref next); i < targets.Count; i = Interlocked.Increment(ref next))
            {
                payloads[i] = await http.GetStringAsync($"{targets[i].Url}/metadata");
                statuses[i] = IsHealthy(payloads[i]) ? "ACTIVE" : "INACTIVE";
            }
        }));

        await using var update = database.CreateCommand(
            """
            update houston$default."Cluster" c set status = item.status, "healthStatus" = item.payload, "updatedAt" = now()
            from unnest($1, $2, $3) as item (id, status, payload) where c.id = item.id
            """);
        update.Parameters.Add(new NpgsqlParameter { Value = targets.ConvertAll(t => t.Id).ToArray(), NpgsqlDbType = NpgsqlDbType.Uuid | NpgsqlDbType.Array });
        update.Parameters.Add(new NpgsqlParameter { Value = statuses, NpgsqlDbType = NpgsqlDbType.Text | NpgsqlDbType.Array });
        update.Parameters.Add(new NpgsqlParameter { Value = payloads, NpgsqlDbType = NpgsqlDbType.Json | NpgsqlDbType.Array });
        await update.ExecuteNonQueryAsync();
        return TimeProvider.System.GetElapsedTime(started);
    }

    private static async Task<List<(Guid Id, string Url)>> ReadAsync(NpgsqlDataSource database)
    {
        List<(Guid, string)> targets = [];
        await using var command = database.CreateCommand("""select id, "metadataUrl" from houston$default."Cluster" order by id""");
        await using var reader = await command.ExecuteReaderAsync();

        while (await reader.ReadAsync())
        {
            targets.Add((reader.GetGuid(0), reader.GetString(1)));
        }

        return targets;
    }

    private static bool IsHealthy(string payload)
    {
        using var json = JsonDocument.Parse(payload);
        return json.RootElement.TryGetProperty("healthStatus", out var health) && health.ValueEquals("HEALTHY");
    }
}

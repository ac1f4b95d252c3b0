using System.Text.Json;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Apc.ControlPlane.Api.Tests;

/// <summary>
/// Every mutation at the moment at which what it names is being deleted: the deletion is held open until the mutation waits for it, or has ended, and committed
/// then. What is told of it is that the thing is not there, and never a fault of the service.
/// </summary>
public sealed class RaceTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static readonly string[] Things = ["User", "Team", "ServiceAccount", "CustomRole", "Deployment", "Workspace", "Cluster"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_deleted_meanwhile_is_not_there()
    {
        var cluster = StoredClusters.Make("one");
        await using var host = await ApiHost.StartAsync(database, clock: null, "Houston:PublicSignups=true", "Houston:EmailConfirmation=false", "GraphQL:Timeout=00:00:05");
        var token = await SchemaCalls.StoreAsync(database, cluster, host.Services.GetRequiredService<TokenIssuer>(), TimeProvider.System.GetUtcNow(), Stop);
        using var anonymous = host.Anonymous;
        using var root = anonymous.As(token);
        var calls = (await SchemaCalls.ReadAsync(anonymous, cluster.Id, Stop)).Of("Mutation").Where(call => call.Name != "Mutation.reconcileClusterMetadataJob").ToList();
        await database.ExecuteAsync(Copy(), Stop);
        var faults = new List<string>();

        foreach (var thing in Things)
        {
            foreach (var call in calls)
            {
                var answer = await RaceAsync(root, call, thing, cluster.Id);

                if (answer.Contains("INTERNAL_SERVER_ERROR", StringComparison.Ordinal))
                {
                    faults.Add($"{call.Name} while the {thing} is deleted: {answer}");
                }
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(20)));
    }

    private async Task<string> RaceAsync(GraphQLClient root, SchemaCall call, string thing, Guid id)
    {
        await database.ExecuteAsync(Restore(), Stop);
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);

        // With what would keep it.
        var sql = thing switch
        {
            "Workspace" => $"""delete from houston$default."Deployment" where "workspaceId" = '{id}'; delete from houston$default."Workspace" where id = '{id}'""",
            _ => $"""delete from houston$default."{thing}" where id = '{id}'""",
        };
        await using (var command = new NpgsqlCommand(sql, connection, transaction))
        {
            await command.ExecuteNonQueryAsync(Stop);
        }

        using var variables = JsonDocument.Parse(SchemaCalls.Body(call));
        var sending = root.SendAsync(call.Document, variables.RootElement.GetProperty("variables").Clone(), Stop);

        while (!sending.IsCompleted && !await WaitsAsync(connection))
        {
            await Task.Yield();
        }

        await transaction.CommitAsync(Stop);
        return (await sending).Body;
    }

    private static async Task<bool> WaitsAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and pg_backend_pid() = any(pg_blocking_pids(pid)))", connection);
        return (bool)(await command.ExecuteScalarAsync(Stop))!;
    }

    // Everything as it was stored, in a schema beside, and back: other rows stay.
    private static string Copy() => string.Concat(Things.Append("ClusterObservation").Append("Email").Append("ServiceAccountKey").Select(
        table => $"""create schema if not exists kept; create table kept."{table}" as select * from houston$default."{table}";"""));

    private static string Restore() => string.Concat(new[] { "User", "Email", "Workspace", "Cluster", "ClusterObservation", "Team", "ServiceAccount", "ServiceAccountKey", "CustomRole", "Deployment" }.Select(
        table => $"""
            do $$ declare columns text; begin
              select string_agg(quote_ident(attname), ',') into columns from pg_attribute
              where attrelid = 'houston$default."{table}"'::regclass and attnum > 0 and not attisdropped and attgenerated = '';
              execute format('insert into houston$default."{table}" (%s) overriding system value select %s from kept."{table}" on conflict do nothing', columns, columns);
            end $$;
            """));
}

using System.Diagnostics;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Clusters;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Apc.ControlPlane.Api.Tests;

/// <summary>
/// Every root field of the schema, and every path beside it, while a real database is locked, cut off, restarted, read-only or full: told as an outage or a
/// time-out and never as a fault of the service, and all is well when it is over.
/// </summary>
public sealed class DatabaseFaultTests : IAsyncLifetime
{
    // What tells callers apart.
    private static readonly string[] TokenTables = ["User", "Email", "UserToken", "RoleBinding", "TeamUser", "CustomRole"];

    private readonly PostgresServer _server = PostgresServer.Private();
    private readonly Cluster _cluster = StoredClusters.Make("one");
    private PostgresDatabase _database = null!;
    private ApiHost _host = null!;
    private EveryPath _paths = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Name => new NpgsqlConnectionStringBuilder(_database.ConnectionString).Database!;

    public async ValueTask InitializeAsync()
    {
        // A server of its own: it is killed.
        await _server.InitializeAsync();
        _database = new PostgresDatabase(_server);
        await _database.InitializeAsync();
        _host = await ApiHost.StartAsync(
            _database,
            clock: null,
            "Houston:PublicSignups=true",
            "Houston:EmailConfirmation=false",
            "GraphQL:Timeout=00:00:03",
            "Database:ReadTimeout=00:00:01",
            "Database:ConnectTimeout=00:00:02",
            "Serilog:MinimumLevel:Default=Error");
        var token = await SchemaCalls.StoreAsync(_database, _cluster, _host.Services.GetRequiredService<TokenIssuer>(), TimeProvider.System.GetUtcNow(), Stop);

        // The server of the tests promises nothing of what was written a moment ago.
        await _database.ExecuteAsync("CHECKPOINT", Stop);
        using var anonymous = _host.Anonymous;
        _paths = new EveryPath(_host, await SchemaCalls.ReadAsync(anonymous, _cluster.Id, Stop), token);
    }

    public async ValueTask DisposeAsync()
    {
        _paths.Dispose();
        await _host.DisposeAsync();
        await _database.DataSources.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Locked_tables_are_an_outage_or_a_time_out_within_the_time_of_a_request(bool withThoseOfTokens)
    {
        var tables = await _database.QueryAsync<string>(
            $"select tablename::text from pg_tables where schemaname = '{HoustonNames.Schema}' and tablename <> '__EFMigrationsHistory'", Stop);
        var locked = tables.Where(table => withThoseOfTokens || !TokenTables.Contains(table)).Select(table => $"{HoustonNames.Schema}.\"{table}\"");
        await using var connection = await AloneAsync();
        await using (var transaction = await connection.BeginTransactionAsync(Stop))
        {
            await using var command = new NpgsqlCommand($"LOCK TABLE {string.Join(", ", locked)} IN ACCESS EXCLUSIVE MODE", connection, transaction);
            await command.ExecuteNonQueryAsync(Stop);

            await _paths.CallAllAsync(atMost: TimeSpan.FromSeconds(20));
            await transaction.RollbackAsync(Stop);
        }

        await _paths.RecoverAsync();
    }

    [Fact]
    public async Task Connections_that_are_cut_in_the_middle_are_an_outage()
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var cutting = CutAsync(over.Token);

        for (var round = 0; round < 3; round++)
        {
            await _paths.CallAllAsync(atMost: TimeSpan.FromSeconds(30));
        }

        await over.CancelAsync();
        await cutting;
        await _paths.RecoverAsync();
    }

    [Fact]
    public async Task A_server_that_is_gone_and_comes_back_is_an_outage()
    {
        var calling = _paths.CallAllAsync(atMost: TimeSpan.FromSeconds(30));

        // Immediate shutdown; it is started again by those who look after it.
        using (var quit = Process.Start("kill", ["-QUIT", $"{_server.ProcessId}"]))
        {
            await quit.WaitForExitAsync(Stop);
        }

        await calling;
        await _paths.RecoverAsync();
    }

    [Fact]
    public async Task A_database_that_takes_no_changes_is_an_outage_to_those_who_make_some()
    {
        await using (var connection = await AloneAsync())
        {
            await RunAsync(connection, $"ALTER DATABASE {Name} SET default_transaction_read_only = on");
            await RunAsync(connection, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{Name}' AND pid <> pg_backend_pid()");
        }

        await _paths.CallAllAsync(atMost: TimeSpan.FromSeconds(30));
        var made = await _paths.SendAsync("""{"query":"mutation { createWorkspace(label: \"w\") { id } }"}""");
        Assert.Contains("The database takes no changes at the moment.", made.Body, StringComparison.Ordinal);

        await using (var connection = await AloneAsync())
        {
            await RunAsync(connection, $"ALTER DATABASE {Name} RESET default_transaction_read_only");
            await RunAsync(connection, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{Name}' AND pid <> pg_backend_pid()");
        }

        await _paths.RecoverAsync();
    }

    [Fact]
    public async Task A_server_without_room_for_another_connection_is_an_outage()
    {
        var taken = new List<NpgsqlConnection>();

        try
        {
            await using (var cutter = await AloneAsync())
            {
                while (await TryOpenAsync() is { } connection)
                {
                    taken.Add(connection);
                }

                await RunAsync(cutter, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'apc-control-plane%'");

                while (await TryOpenAsync() is { } connection)
                {
                    taken.Add(connection);
                }
            }

            await _paths.CallAllAsync(atMost: TimeSpan.FromSeconds(30));
        }
        finally
        {
            foreach (var connection in taken)
            {
                await connection.DisposeAsync();
            }
        }

        await _paths.RecoverAsync();
    }

    private async Task<NpgsqlConnection?> TryOpenAsync()
    {
        try
        {
            return await AloneAsync();
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }

    private async Task CutAsync(CancellationToken cancellationToken)
    {
        await using var connection = await AloneAsync();

        while (!cancellationToken.IsCancellationRequested)
        {
            await RunAsync(connection, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{Name}' AND pid <> pg_backend_pid()");
        }
    }

    private async Task<NpgsqlConnection> AloneAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_database.ConnectionString)
        {
            Pooling = false,
            ApplicationName = "test",
            Options = "-c default_transaction_read_only=off",
        }.ConnectionString);
        await connection.OpenAsync(Stop);
        return connection;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }
}

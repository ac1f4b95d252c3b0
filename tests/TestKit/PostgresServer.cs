using System.Globalization;
using Apc.ControlPlane.Data;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace Apc.TestKit;

/// <summary>
/// One PostgreSQL server for all tests of a process, with one migrated database that the tests' own are cloned from. A test assembly
/// that uses databases says <c>[assembly: AssemblyFixture(typeof(PostgresServer))]</c>. Which server that is, <see cref="TestServer"/> says.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    // A server that was given may serve others at the same time.
    private readonly string _prefix = $"apc_test_{Guid.NewGuid():N}"[..20];
    private readonly bool _isPrivate;
    private TestServer? _server;
    private NpgsqlDataSource? _maintenance;
    private int _databases;

    public PostgresServer()
        : this(isPrivate: false)
    {
    }

    private PostgresServer(bool isPrivate) => _isPrivate = isPrivate;

    private string Template => $"{_prefix}_migrated";

    /// <summary>The process that accepts connections to a private server; another one after it was killed, since the server is started again.</summary>
    public int ProcessId => _server!.ProcessId;

    /// <summary>A server from the binaries of this machine, which a test may kill.</summary>
    public static PostgresServer Private() => new(isPrivate: true);

    public async ValueTask InitializeAsync()
    {
        _server = _isPrivate ? await TestServer.StartBinariesAsync() : await TestServer.StartAsync();
        _maintenance = NpgsqlDataSource.Create(_server.ConnectionString);
        await ExecuteAsync($"CREATE DATABASE {Template}", CancellationToken.None);

        // Nobody may be connected to a template, not even a pool.
        await using var migrating = NpgsqlDataSource.Create(ConnectionStringTo(Template));
        await new DatabaseMigrator(migrating, NullLogger<DatabaseMigrator>.Instance).MigrateAsync(CancellationToken.None);
    }

    /// <summary>Makes a database with the current schema and no rows; returns how to reach it.</summary>
    public Task<string> CreateMigratedAsync(CancellationToken cancellationToken) => CreateAsync($"TEMPLATE {Template}", cancellationToken);

    /// <summary>Makes a database without anything; returns how to reach it.</summary>
    public Task<string> CreateEmptyAsync(CancellationToken cancellationToken) => CreateAsync("", cancellationToken);

    /// <summary>Drops a database that was made here; connections to it are cut.</summary>
    public Task DropAsync(string connectionString, CancellationToken cancellationToken)
        => ExecuteAsync(
            $"DROP DATABASE {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        // A server of our own goes with everything on it.
        if (_maintenance is not null && _server is { IsGiven: true })
        {
            await ExecuteAsync($"DROP DATABASE IF EXISTS {Template} WITH (FORCE)", CancellationToken.None);
        }

        // Whatever was there when the start failed.
        await (_maintenance?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private async Task<string> CreateAsync(string options, CancellationToken cancellationToken)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{_prefix}_{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync($"CREATE DATABASE {name} {options}", cancellationToken);
        return ConnectionStringTo(name);
    }

    private string ConnectionStringTo(string database)
        => new NpgsqlConnectionStringBuilder(_server!.ConnectionString) { Database = database }.ConnectionString;

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = _maintenance!.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

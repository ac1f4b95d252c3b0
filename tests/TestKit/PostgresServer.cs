using System.Globalization;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace Apc.TestKit;

/// <summary>
/// One PostgreSQL server for all tests of a process, with one migrated database that the tests' own are cloned from. A test assembly
/// that uses databases says <c>[assembly: AssemblyFixture(typeof(PostgresServer))]</c>.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string Template = "migrated";
    private const string FolderPrefix = "apc-test-";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"{FolderPrefix}{Path.GetRandomFileName()}");
    private EmbeddedPostgres? _server;
    private NpgsqlDataSource? _maintenance;
    private int _databases;

    /// <summary>The process that accepts connections; another one after it was killed, since the server is started again.</summary>
    public int ProcessId => _server!.ProcessId;

    public async ValueTask InitializeAsync()
    {
        DeleteWhatKilledTestsLeft();
        _server = await EmbeddedPostgres.StartAsync(
            new EmbeddedPostgresSettings { DataDirectory = _folder, Durable = false }, NullLogger.Instance, CancellationToken.None);
        _maintenance = NpgsqlDataSource.Create(ConnectionStringTo("postgres"));
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
        // Whatever was there when the start failed.
        await (_maintenance?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);

        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task<string> CreateAsync(string options, CancellationToken cancellationToken)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync($"CREATE DATABASE {name} {options}", cancellationToken);
        return ConnectionStringTo(name);
    }

    private static void DeleteWhatKilledTestsLeft()
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), $"{FolderPrefix}*"))
        {
            try
            {
                // A test process that lives holds this lock; one that is starting has not made the file yet.
                using (File.Open(Path.Combine(folder, "host.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                {
                    Directory.Delete(folder, recursive: true);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // In use, somebody else's, or deleted by another test process in the meantime.
            }
        }
    }

    private string ConnectionStringTo(string database)
        => new NpgsqlConnectionStringBuilder(_server!.ConnectionString) { Database = database }.ConnectionString;

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = _maintenance!.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

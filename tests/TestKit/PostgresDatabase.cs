using System.Globalization;
using Apc.ControlPlane.Data;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Apc.TestKit;

/// <summary>A migrated, empty database for one test class: <c>IClassFixture&lt;PostgresDatabase&gt;</c>. Dropped afterwards.</summary>
public sealed class PostgresDatabase(PostgresServer server) : IAsyncLifetime
{
    private DbContextOptions<ControlPlaneDbContext> _options = null!;
    private int _names;

    /// <summary>What a host would have under <c>ConnectionStrings:ControlPlane</c>.</summary>
    public string ConnectionString { get; private set; } = null!;

    /// <summary>Both ways to the database, as the host has them.</summary>
    public ControlPlaneDataSources DataSources { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await server.CreateMigratedAsync(CancellationToken.None);
        DataSources = new ControlPlaneDataSources(ConnectionString, new DatabaseOptions());
        var options = new DbContextOptionsBuilder<ControlPlaneDbContext>();
        options.UseControlPlane(DataSources.Writes);
        _options = options.Options;
    }

    /// <summary>A name that nothing in the database has yet.</summary>
    public string Name(string what) => string.Create(CultureInfo.InvariantCulture, $"{what}-{Interlocked.Increment(ref _names)}");

    /// <summary>A new context; the caller disposes it.</summary>
    public ControlPlaneDbContext CreateContext() => new(_options);

    /// <summary>Runs statements.</summary>
    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = DataSources.Writes.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Deletes users, service accounts, clusters and audit rows, and what belongs to them.</summary>
    public Task ForgetEverythingAsync()
        => ExecuteAsync(
            $"truncate {HoustonNames.User}, {HoustonNames.ServiceAccount}, {HoustonNames.AuditLog}, {HoustonNames.Cluster} cascade",
            CancellationToken.None);

    /// <summary>The first column of every row.</summary>
    public async Task<List<T>> QueryAsync<T>(string sql, CancellationToken cancellationToken)
    {
        await using var command = DataSources.Writes.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();

        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(await reader.GetFieldValueAsync<T>(0, cancellationToken));
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await DataSources.DisposeAsync();
        await server.DropAsync(ConnectionString, CancellationToken.None);
    }
}

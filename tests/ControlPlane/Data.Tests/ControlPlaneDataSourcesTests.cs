using Apc.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Apc.ControlPlane.Data.Tests;

public sealed class ControlPlaneDataSourcesTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_server_ends_a_read_that_takes_too_long()
    {
        await using var sources = new ControlPlaneDataSources(
            database.ConnectionString, new DatabaseOptions { ReadTimeout = TimeSpan.FromSeconds(1) });
        await using var command = sources.Reads.CreateCommand("SELECT pg_sleep(60)");

        var exception = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancelled));

        Assert.Equal(PostgresErrorCodes.QueryCanceled, exception.SqlState);
    }

    [Fact]
    public async Task Reads_share_connections()
    {
        await using var sources = new ControlPlaneDataSources(database.ConnectionString, new DatabaseOptions { ReadConnections = 2 });

        var processes = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            await using var command = sources.Reads.CreateCommand("SELECT pg_backend_pid()");
            return (int)(await command.ExecuteScalarAsync(Cancelled))!;
        }));

        Assert.InRange(processes.Distinct().Count(), 1, 2);
    }

    [Fact]
    public async Task Connection_settings_of_the_operator_are_kept()
    {
        await using var sources = new ControlPlaneDataSources($"{database.ConnectionString};Options=-c work_mem=7MB", new DatabaseOptions());

        foreach (var source in new[] { sources.Reads, sources.Writes })
        {
            await using var command = source.CreateCommand("SHOW work_mem");
            Assert.Equal("7MB", await command.ExecuteScalarAsync(Cancelled));
        }
    }

    [Fact]
    public async Task A_host_gets_contexts_that_write_and_the_migrator()
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddControlPlaneData(_ => database.ConnectionString)
            .BuildServiceProvider(validateScopes: true);

        Assert.Equal(MigrationOutcome.UpToDate, await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(Cancelled));

        await using var db = await services.GetRequiredService<IDbContextFactory<ControlPlaneDbContext>>().CreateDbContextAsync(Cancelled);
        db.Clusters.Add(StoredClusters.Make("by-factory"));
        await db.SaveChangesAsync(Cancelled);

        await using var scope = services.CreateAsyncScope();
        var names = await scope.ServiceProvider.GetRequiredService<ControlPlaneDbContext>().Clusters.Select(c => c.Name).ToListAsync(Cancelled);
        Assert.Equal(["by-factory"], names);
    }
}

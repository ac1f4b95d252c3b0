using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Domain.Clusters;
using Apc.Simulation;
using Apc.TestKit;
using Npgsql;

namespace Apc.ControlPlane.Api.Tests.Fleet.Sweeps;

/// <summary>Sweeps over a database that fails meanwhile.</summary>
public sealed class SweepFaultTests(FleetFixture fleet) : IClassFixture<FleetFixture>, IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private Installation _replica = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await fleet.ResetAsync(Stop);
        _replica = await SweepReplica.BuildAsync(fleet.Database);
    }

    public ValueTask DisposeAsync() => _replica.DisposeAsync();

    /// <summary>What a restart of the database looks like from here.</summary>
    [Fact]
    public async Task Connections_that_are_cut_cost_no_result_and_no_status()
    {
        await fleet.RegisterAsync(1500, Stop);
        fleet.DataPlanes.Defaults = fleet.DataPlanes.Defaults with { Latency = TimeSpan.FromMilliseconds(50) };
        var sweep = _replica.Sweep.RunAsync(Noon, Stop);

        for (var cut = 1; cut <= 5; cut++)
        {
            await fleet.DataPlanes.WaitForProbesAsync(null, count => count.Requests >= cut * 250, Stop);
            await CutAsync();
        }

        var report = await sweep;
        Assert.Equal((ClusterSyncOutcome.Completed, 1500, 0), (report!.Outcome, report.Successful, report.Failed));
        Assert.Equal(["12:00 COMPLETED 1500 0 0 a 1 f t"], await fleet.Database.RunsAsync(Stop));
        Assert.All(await fleet.StatusesAsync(Stop), status => Assert.Equal("ACTIVE", status));
        Assert.Empty(await fleet.Database.BreachesAsync(Stop));
        Assert.Contains(_replica.Log.Lines, line => line.StartsWith("Warning: The database failed (", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_that_refuses_writes_for_a_while_is_waited_for()
    {
        await fleet.RegisterAsync(50, Stop);
        fleet.DataPlanes.Set("c7", Fault.Unhealthy);
        fleet.DataPlanes.Defaults = fleet.DataPlanes.Defaults with { Latency = TimeSpan.FromMilliseconds(300) };
        var sweep = _replica.Sweep.RunAsync(Noon, Stop);
        await fleet.DataPlanes.WaitForProbesAsync(null, count => count.Open == 50, Stop);
        await SetReadOnlyAsync(true);

        while (!_replica.Log.Lines.Any(line => line.Contains("read-only", StringComparison.Ordinal)))
        {
            await Task.Yield();
        }

        await SetReadOnlyAsync(false);

        Assert.Equal((50, 0), ((await sweep)!.Successful, (await sweep)!.Failed));
        Assert.Equal(["c7 ACTIVE INACTIVE SCHEDULE"], (await fleet.Database.TransitionsAsync(Stop)).Where(line => line.EndsWith("SCHEDULE", StringComparison.Ordinal)));
    }

    private async Task SetReadOnlyAsync(bool value)
    {
        await AloneAsync($"ALTER DATABASE {Name} SET default_transaction_read_only = {(value ? "on" : "off")}");
        await CutAsync();
    }

    private async Task CutAsync()
    {
        await AloneAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{Name}' AND pid <> pg_backend_pid()");

        // Those of the test itself are gone as well.
        fleet.Database.DataSources.Writes.Clear();
    }

    /// <summary>Over a connection that no one else uses, and that may write whatever the database's default is.</summary>
    private async Task AloneAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(fleet.Database.ConnectionString) { Pooling = false, Options = "-c default_transaction_read_only=off" }.ConnectionString);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }

    private string Name => new NpgsqlConnectionStringBuilder(fleet.Database.ConnectionString).Database!;
}

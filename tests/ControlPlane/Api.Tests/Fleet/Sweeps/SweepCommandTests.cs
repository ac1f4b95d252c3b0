using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Data;
using Apc.Simulation;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Sweeps;

public sealed class SweepCommandTests(FleetFixture fleet) : IClassFixture<FleetFixture>, IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private readonly StringWriter _output = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await fleet.ResetAsync(Stop);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Prints_the_three_counts_and_ends_with_0_whatever_the_data_planes_said()
    {
        await fleet.RegisterAsync(4, Stop);
        fleet.DataPlanes.Set("c1", Fault.Unhealthy);
        fleet.DataPlanes.Set("c2", Fault.Status(404));
        await fleet.Database.ExecuteAsync($"""UPDATE {HoustonNames.Cluster} SET "dataplaneUrl" = '' WHERE name = 'c3'""", Stop);
        await using var replica = await SweepReplica.BuildAsync(fleet.Database, clock: _clock);

        Assert.Equal(0, await replica.Command.RunAsync(_output, Stop));
        Assert.Equal("successful: 2, failed: 1, skipped: 1" + Environment.NewLine, _output.ToString());
    }

    [Fact]
    public async Task Ends_with_1_where_a_cluster_could_not_be_handled()
    {
        await fleet.RegisterAsync(2, Stop);
        await fleet.Database.ExecuteAsync($"ALTER TABLE {HoustonNames.Cluster} ADD CONSTRAINT stuck CHECK (name <> 'c1' OR \"payloadHash\" = 0)", Stop);
        await using var replica = await SweepReplica.BuildAsync(fleet.Database, clock: _clock);

        var code = await replica.Command.RunAsync(_output, Stop);
        await fleet.Database.ExecuteAsync($"ALTER TABLE {HoustonNames.Cluster} DROP CONSTRAINT stuck", Stop);

        Assert.Equal(1, code);
        Assert.Equal("successful: 1, failed: 0, skipped: 0" + Environment.NewLine, _output.ToString());
        Assert.EndsWith("FAILED 1 0 0 a 1 f t", (await fleet.Database.RunsAsync(Stop))[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follows_a_sweep_that_is_under_way()
    {
        await fleet.RegisterAsync(1, Stop);
        await using var serving = await SweepReplica.BuildAsync(fleet.Database, "serving");
        var run = (await serving.Runs.TryStartAsync(_clock.GetUtcNow().AddHours(-1), Stop))!;
        await using var replica = await SweepReplica.BuildAsync(fleet.Database, clock: _clock);

        var command = replica.Command.RunAsync(_output, Stop);
        await _clock.WaitForTimersAsync(1, Stop);
        await serving.Runs.TryEndAsync(run, Domain.Clusters.ClusterSyncOutcome.Completed, 0, false, Stop);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(0, await command);
        Assert.Equal(
            "Another sweep is under way; this one follows it." + Environment.NewLine + "successful: 1, failed: 0, skipped: 0" + Environment.NewLine,
            _output.ToString());
    }
}

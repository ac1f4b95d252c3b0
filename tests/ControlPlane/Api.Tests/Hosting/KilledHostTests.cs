using System.Text.Json;
using Apc.Simulation;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Hosting;

/// <summary>kill -9 in the middle of a sweep, then the same command again.</summary>
public sealed class KilledHostTests : IDisposable
{
    // Every second, so that a sweep is under way whenever the host is killed.
    private const string EverySecond = "--Houston:SyncDataplaneClusters:Schedule=* * * * * ?";

    // Not one of the temporary folders that only their owner may enter: the server runs as another user than root.
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"apc-killed-{Guid.NewGuid():N}")).FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Loses_nothing_and_finishes_the_sweep()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var simulator = await DataPlaneSimulator.StartAsync(cancellationToken: cancellationToken);
        var (clusters, cutOff) = await KillInMidSweepAsync(simulator, cancellationToken);
        simulator.Defaults = new SimulatorDefaults();

        await using var again = await DemoProcess.StartAsync(_folder, simulator.BaseAddress, cancellationToken, EverySecond);
        using var admin = again.Admin;

        // What was registered is there still, under the same ids; the sweep that was cut off is carried on to its end.
        Assert.Equal(clusters, await ClustersAsync(admin, cancellationToken));
        Assert.Equal(("COMPLETED", 12), await EndOfAsync(cutOff, admin, cancellationToken));
        Assert.Equal(0, await again.StopAsync());
    }

    /// <returns>What was registered, and the tick of the run that was under way.</returns>
    private async Task<(string Clusters, string CutOff)> KillInMidSweepAsync(DataPlaneSimulator simulator, CancellationToken cancellationToken)
    {
        await using var demo = await DemoProcess.StartAsync(_folder, simulator.BaseAddress, cancellationToken, EverySecond);
        using var admin = demo.Admin;
        var clusters = await ClustersAsync(admin, cancellationToken);

        // From now on no data plane answers soon, so that the sweep that asks them is under way for a while.
        simulator.Defaults = new SimulatorDefaults { Latency = TimeSpan.FromSeconds(4) };
        await simulator.WaitForProbesAsync(null, probes => probes.Open >= 10, cancellationToken);
        var running = (await RunsAsync(admin, cancellationToken))[0];
        Assert.Equal("RUNNING", running.GetProperty("outcome").GetString());
        await demo.KillAsync();
        return (clusters, running.GetProperty("dueAt").GetString()!);
    }

    private static async Task<(string? Outcome, int Handled)> EndOfAsync(string dueAt, GraphQLClient client, CancellationToken cancellationToken)
    {
        while (true)
        {
            var run = (await RunsAsync(client, cancellationToken)).Single(r => r.GetProperty("dueAt").GetString() == dueAt);

            if (run.GetProperty("outcome").GetString() is var outcome and not "RUNNING")
            {
                return (outcome, run.GetProperty("successful").GetInt32() + run.GetProperty("failed").GetInt32());
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
        }
    }

    private static async Task<string> ClustersAsync(GraphQLClient client, CancellationToken cancellationToken)
        => (await client.SendAsync("{ paginatedClusters(sortBy: name) { clusters { id name } count } }", cancellationToken: cancellationToken)).Body;

    private static async Task<List<JsonElement>> RunsAsync(GraphQLClient client, CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync("{ clusterSyncRuns(take: 100) { dueAt outcome successful failed } }", cancellationToken: cancellationToken);
        return [.. answer.Data("clusterSyncRuns").EnumerateArray()];
    }
}

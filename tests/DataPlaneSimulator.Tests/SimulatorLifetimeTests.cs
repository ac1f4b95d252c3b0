using System.Diagnostics;
using System.Net.Sockets;
using Apc.TestKit;

namespace Apc.Simulation.Tests;

public class SimulatorLifetimeTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("hang")]
    [InlineData("slowHeaders:60000")]
    [InlineData("slowBody:60000")]
    [InlineData("hugeBody:10737418240")]
    public async Task Stops_within_2_seconds_whatever_hangs(string fault)
    {
        const int Probes = 200;
        var simulator = await DataPlaneSimulator.StartAsync(cancellationToken: Cancelled);
        simulator.Set("slow", Fault.Parse(fault));
        var clients = new List<TcpClient>();

        for (var i = 0; i < Probes; i++)
        {
            clients.Add(await RawAnswer.OpenAsync(simulator.BaseAddress, "/clusters/slow/metadata", Cancelled));
        }

        await simulator.WaitForProbesAsync("slow", probes => probes.Open == Probes, Cancelled);
        var watch = Stopwatch.StartNew();
        await simulator.DisposeAsync();

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal(0, simulator.ProbesOf("slow").Open);
        await Assert.ThrowsAnyAsync<SocketException>(() => RawAnswer.OpenAsync(simulator.BaseAddress, "/", Cancelled));
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Stops_during_a_latency()
    {
        var options = new DataPlaneSimulatorOptions { Defaults = new SimulatorDefaults { Latency = TimeSpan.FromMinutes(10) } };
        var simulator = await DataPlaneSimulator.StartAsync(options, cancellationToken: Cancelled);
        var answer = RawAnswer.GetAsync(simulator.BaseAddress, "/clusters/late/metadata", Cancelled);
        await simulator.WaitForProbesAsync("late", probes => probes.Open == 1, Cancelled);

        var watch = Stopwatch.StartNew();
        await simulator.DisposeAsync();

        Assert.Empty((await answer).Bytes);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Two_simulators_do_not_share_anything()
    {
        await using var first = await DataPlaneSimulator.StartAsync(cancellationToken: Cancelled);
        await using var second = await DataPlaneSimulator.StartAsync(cancellationToken: Cancelled);
        first.Set("one", Fault.Status(503));

        var answer = await RawAnswer.GetAsync(second.BaseAddress, "/clusters/one/metadata", Cancelled);

        Assert.NotEqual(first.BaseAddress, second.BaseAddress);
        Assert.Equal(SimulatedPayload.One, answer.Text);
        Assert.Equal(0, first.Probes.Requests);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_error_of_the_start()
    {
        await using var first = await DataPlaneSimulator.StartAsync(cancellationToken: Cancelled);
        var options = new DataPlaneSimulatorOptions { Urls = first.BaseAddress.AbsoluteUri };

        await Assert.ThrowsAsync<IOException>(() => DataPlaneSimulator.StartAsync(options, cancellationToken: Cancelled));
    }

    [Theory]
    [InlineData(-1, 0, "Latency is -00:00:00.0010000; allowed: a whole number of milliseconds from 0 to 600000")]
    [InlineData(600_001, 0, "Latency is 00:10:00.0010000; allowed: a whole number of milliseconds from 0 to 600000")]
    [InlineData(0, -0.1, "HungFraction is -0.1; allowed: a number from 0 to 1")]
    [InlineData(0, 1.1, "HungFraction is 1.1; allowed: a number from 0 to 1")]
    [InlineData(0, double.NaN, "HungFraction is NaN; allowed: a number from 0 to 1")]
    public async Task Values_out_of_range_are_refused(int latencyMs, double hungFraction, string problem)
    {
        var wrong = new SimulatorDefaults { Latency = TimeSpan.FromMilliseconds(latencyMs), HungFraction = hungFraction };
        var options = new DataPlaneSimulatorOptions { Defaults = wrong };
        await using var simulator = await DataPlaneSimulator.StartAsync(cancellationToken: Cancelled);

        var atStart = await Assert.ThrowsAsync<ArgumentException>(
            () => DataPlaneSimulator.StartAsync(options, cancellationToken: Cancelled));
        var later = Assert.Throws<ArgumentException>(() => simulator.Defaults = wrong);

        Assert.Equal((problem, problem), (atStart.Message, later.Message));
        Assert.Equal(new SimulatorDefaults(), simulator.Defaults);
    }

    [Fact]
    public void Its_program_is_not_visible_to_those_who_host_it()
        => Assert.DoesNotContain("Program", typeof(DataPlaneSimulator).Assembly.GetExportedTypes().Select(type => type.Name));
}

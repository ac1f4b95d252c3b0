namespace Apc.Simulation.Tests;

public sealed class ProbeCountTests : IAsyncLifetime
{
    private readonly SimulatorFixture _fixture = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private DataPlaneSimulator Simulator => _fixture.Simulator;

    public ValueTask InitializeAsync() => _fixture.InitializeAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Probes_one_after_another_never_look_concurrent()
    {
        for (var i = 0; i < 200; i++)
        {
            await _fixture.Http.GetStringAsync("clusters/one/metadata", Cancelled);
        }

        Assert.Equal(new ProbeCount(Requests: 200, Open: 0, PeakOpen: 1), Simulator.ProbesOf("one"));
        Assert.Equal(new ProbeCount(Requests: 200, Open: 0, PeakOpen: 1), Simulator.Probes);
    }

    [Fact]
    public async Task Probes_that_hang_are_open_in_the_cluster_and_in_all()
    {
        Simulator.Set("a", Fault.Hang);
        Simulator.Set("b", Fault.Hang);
        using var first = await RawAnswer.OpenAsync(Simulator.BaseAddress, "/clusters/a/metadata", Cancelled);
        using var second = await RawAnswer.OpenAsync(Simulator.BaseAddress, "/clusters/b/metadata", Cancelled);
        using var third = await RawAnswer.OpenAsync(Simulator.BaseAddress, "/clusters/b/metadata", Cancelled);

        Assert.Equal(new ProbeCount(3, 3, 3), await Simulator.WaitForProbesAsync(null, probes => probes.Open == 3, Cancelled));
        Assert.Equal(new ProbeCount(1, 1, 1), Simulator.ProbesOf("a"));
        Assert.Equal(new ProbeCount(2, 2, 2), Simulator.ProbesOf("b"));
    }

    [Fact]
    public async Task After_a_reset_a_probe_of_before_counts_no_more_not_even_when_it_ends()
    {
        Simulator.Set("a", Fault.Hang);

        using (await RawAnswer.OpenAsync(Simulator.BaseAddress, "/clusters/a/metadata", Cancelled))
        {
            await Simulator.WaitForProbesAsync("a", probes => probes.Open == 1, Cancelled);
            Simulator.ResetProbes();
            Assert.Equal(default, Simulator.ProbesOf("a"));
            Assert.Equal(default, Simulator.Probes);
        }

        Simulator.Set("a", Fault.Healthy);
        await _fixture.Http.GetStringAsync("clusters/a/metadata", Cancelled);
        Assert.Equal(new ProbeCount(1, 0, 1), Simulator.ProbesOf("a"));
    }

    [Fact]
    public async Task Many_at_once_are_all_counted()
    {
        await Task.WhenAll(Enumerable.Range(0, 32).Select(async worker =>
        {
            for (var i = 0; i < 50; i++)
            {
                await _fixture.Http.GetStringAsync($"clusters/c{(worker + i) % 10}/metadata", Cancelled);
            }
        }));

        Assert.Equal((1600, 0), (Simulator.Probes.Requests, Simulator.Probes.Open));
        Assert.Equal(Enumerable.Repeat(160L, 10), Enumerable.Range(0, 10).Select(c => Simulator.ProbesOf($"c{c}").Requests));
    }

    [Fact]
    public async Task A_wait_can_be_given_up()
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var wait = Simulator.WaitForProbesAsync("nobody", probes => probes.Requests == 1, giveUp.Token);
        Assert.False(wait.IsCompleted);
        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }
}

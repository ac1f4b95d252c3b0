namespace Apc.Simulation.Tests;

/// <summary>A simulator with seed 1 for one test class.</summary>
public sealed class SimulatorFixture : IAsyncLifetime
{
    public DataPlaneSimulator Simulator { get; private set; } = null!;

    public HttpClient Http { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Simulator = await DataPlaneSimulator.StartAsync();
        Http.BaseAddress = Simulator.BaseAddress;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Simulator.DisposeAsync();
    }
}

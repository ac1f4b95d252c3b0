namespace Apc.Simulation;

internal static class Program
{
    private static Task<int> Main(string[] args) => DataPlaneSimulator.RunAsync(args);
}

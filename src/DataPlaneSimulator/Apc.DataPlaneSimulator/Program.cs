namespace Apc.Simulation;

/// <summary>The program: listens until it is told to stop.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) => DataPlaneSimulator.RunAsync(args);
}

namespace Apc.ControlPlane.Api.Fleet.Sweeps;

/// <summary>This process among those that share the database.</summary>
/// <param name="Name">What operators see of it: host and process.</param>
public sealed record Replica(string Name)
{
    public static Replica This { get; } = new($"{Environment.MachineName}:{Environment.ProcessId}");
}

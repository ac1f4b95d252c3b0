namespace Apc.ControlPlane.Api.Hosting;

/// <summary><c>serve</c>: answers requests until it is told to stop.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(string[] settings)
    {
        await using var host = await ControlPlaneHost.StartAsync(settings);
        await host.WaitForShutdownAsync();
        return 0;
    }
}

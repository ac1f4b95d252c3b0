using Apc.ControlPlane.Api.Fleet.Sweeps;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary><c>reconcile</c>: one sweep over the fleet, then the end; what a Kubernetes CronJob calls.</summary>
internal static class ReconcileCommand
{
    public static async Task<int> RunAsync(string[] settings)
    {
        await using var host = await ControlPlaneHost.BuildAsync(settings);
        await host.PrepareDatabaseAsync();
        return await host.Services.GetRequiredService<SweepCommand>().RunAsync(host.Output, CancellationToken.None);
    }
}

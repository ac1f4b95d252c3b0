using Apc.ControlPlane.Api.Features.Clusters;
using Apc.ControlPlane.Data;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary><c>reconcile</c>: one sweep over the fleet, then the end; what a Kubernetes CronJob calls.</summary>
internal static class ReconcileCommand
{
    public static async Task<int> RunAsync(string[] settings)
    {
        await using var host = await ControlPlaneHost.BuildAsync(settings);
        await host.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        return await host.Services.GetRequiredService<SweepCommand>().RunAsync(Console.Out, CancellationToken.None);
    }
}

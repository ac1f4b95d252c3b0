using Apc.ControlPlane.Api.Features.AuditLogs;
using Apc.ControlPlane.Data;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary><c>cleanup-cluster-audits</c>: deletes old entries of the audit trail and ends; what a Kubernetes CronJob calls.</summary>
internal static class CleanupClusterAuditsCommand
{
    public static async Task<int> RunAsync(string[] settings, int? olderThan, bool dryRun)
    {
        await using var host = await ControlPlaneHost.BuildAsync(settings);
        await host.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        return await host.Services.GetRequiredService<CleanupCommand>().RunAsync(olderThan, dryRun, Console.Out, CancellationToken.None);
    }
}

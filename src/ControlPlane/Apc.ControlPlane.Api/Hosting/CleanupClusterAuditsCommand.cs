using Apc.ControlPlane.Api.Access.AuditLogs;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary><c>cleanup-cluster-audits</c>: deletes old entries of the audit trail and ends; what a Kubernetes CronJob calls.</summary>
internal static class CleanupClusterAuditsCommand
{
    public static async Task<int> RunAsync(string[] settings, int? olderThan, bool dryRun)
    {
        await using var host = await ControlPlaneHost.BuildAsync(settings);
        await host.PrepareDatabaseAsync();
        return await host.Services.GetRequiredService<CleanupCommand>().RunAsync(olderThan, dryRun, host.Output, CancellationToken.None);
    }
}

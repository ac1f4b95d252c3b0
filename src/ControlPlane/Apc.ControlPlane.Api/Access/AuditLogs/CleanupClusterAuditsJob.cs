using Microsoft.Extensions.Options;
using Quartz;

namespace Apc.ControlPlane.Api.Access.AuditLogs;

/// <summary>Deletes old entries of the audit trail when the schedule says so. Running it again changes nothing.</summary>
[DisallowConcurrentExecution]
public sealed class CleanupClusterAuditsJob(AuditLogCleanup cleanup, IOptions<CleanupClusterAuditsOptions> options) : IJob
{
    public static readonly JobKey Key = new("cleanup-cluster-audits", "audits");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (options.Value.Parsed is null)
        {
            // Stored when the schedule was on; the store outlives the setting.
            await context.Scheduler.UnscheduleJob(context.Trigger.Key, cancellationToken);
            return;
        }

        await cleanup.RunAsync(options.Value.OlderThan, cancellationToken);
    }
}

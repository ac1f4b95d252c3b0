using Microsoft.Extensions.Options;
using Quartz;

namespace Apc.ControlPlane.Api.Access.AuditLogs;

/// <summary>Deletes old entries of the audit trail by schedule. Running it again changes nothing.</summary>
[DisallowConcurrentExecution]
public sealed class CleanupClusterAuditsJob(AuditLogCleanup cleanup, IOptions<CleanupClusterAuditsOptions> options) : IJob
{
    public static readonly JobKey Key = new("cleanup-cluster-audits", "audits");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (options.Value.Parsed is null)
        {
            // The trigger was stored while the schedule was on.
            await context.Scheduler.UnscheduleJob(context.Trigger.Key, cancellationToken);
            return;
        }

        await cleanup.RunAsync(options.Value.OlderThan, cancellationToken);
    }
}

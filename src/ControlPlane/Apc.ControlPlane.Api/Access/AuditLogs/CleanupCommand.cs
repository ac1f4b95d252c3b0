using System.Globalization;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Access.AuditLogs;

/// <summary><c>cleanup-cluster-audits</c>: deletes old entries of the audit trail now, whatever the schedule says.</summary>
public sealed class CleanupCommand(AuditLogCleanup cleanup, IOptions<CleanupClusterAuditsOptions> options)
{
    /// <summary>Deletes entries, or only counts them, and prints how many.</summary>
    /// <param name="olderThan">Days; null for the configured number.</param>
    /// <param name="dryRun">Whether to count only.</param>
    public async Task<int> RunAsync(int? olderThan, bool dryRun, TextWriter output, CancellationToken cancellationToken)
    {
        var days = olderThan ?? options.Value.OlderThan;
        var rows = dryRun ? await cleanup.CountAsync(days, cancellationToken) : await cleanup.RunAsync(days, cancellationToken);
        var verb = dryRun ? "would be deleted" : "deleted";
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"audit logs older than {days} days: {rows} {verb}"));
        return 0;
    }
}

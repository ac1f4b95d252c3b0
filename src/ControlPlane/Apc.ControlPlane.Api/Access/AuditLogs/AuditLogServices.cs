using Apc.ControlPlane.Api.Common.Scheduling;
using Apc.ControlPlane.Api.Common.Settings;
using Quartz;

namespace Apc.ControlPlane.Api.Access.AuditLogs;

public static class AuditLogServices
{
    public static IServiceCollection AddAuditLogs(this IServiceCollection services)
    {
        services.AddSettings<CleanupClusterAuditsOptions>(CleanupClusterAuditsOptions.Section);
        services.AddSingleton<AuditLogReader>();
        services.AddSingleton<AuditLogCleanup>();
        services.AddSingleton<CleanupCommand>();
        return services;
    }

    /// <summary>
    /// Schedules the clean-up, unless it is switched off. The validation of its options reports a schedule that cannot be read.
    /// </summary>
    public static void AddAuditLogJobs(this IQuartzBuilder quartz, IConfiguration configuration)
    {
        var options = configuration.ReadSettings<CleanupClusterAuditsOptions>(CleanupClusterAuditsOptions.Section);
        quartz.AddScheduledJob<CleanupClusterAuditsJob>(CleanupClusterAuditsJob.Key, options.Parsed?.Cron);
    }
}

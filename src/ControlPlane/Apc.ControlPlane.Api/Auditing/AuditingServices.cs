using Apc.ControlPlane.Api.Common.Observability;
using Apc.ControlPlane.Api.Common.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Auditing;

public static class AuditingServices
{
    /// <summary>Adds the trail and <see cref="FailureRows"/>. Needs the database and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddAuditing(this IServiceCollection services)
    {
        services.AddAuditTrail();
        services.AddSingleton<FailureRows>();
        services.AddHostedService(provider => provider.GetRequiredService<FailureRows>());
        return services;
    }

    /// <summary>Adds <see cref="AuditTrail"/> alone, for changes made without GraphQL. Needs a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddAuditTrail(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton<AuditMetrics>();
        services.AddSettings<AuditOptions>(AuditOptions.Section);
        services.TryAddSingleton(provider => new AuditLines(provider.GetRequiredService<IOptions<AuditOptions>>().Value.Lines
            ? provider.GetRequiredService<OutputQueue>().Text
            : TextWriter.Null));
        services.AddSingleton<AuditTrail>();
        return services;
    }
}

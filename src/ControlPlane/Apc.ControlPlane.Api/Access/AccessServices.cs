using Apc.ControlPlane.Api.Access.AuditLogs;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Settings;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Access;

public static class AccessServices
{
    /// <summary>Adds <see cref="CallerAuthentication"/> and what it needs, except the database and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<CallerAuthentication>();
        services.AddKnownSettings(RoleSettings.Section, options: null);
        services.AddOptions<RoleSettings>()
            .Configure<IConfiguration>((roles, configuration) => roles.Read(configuration))
            .ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<RoleSettings>>().Value.Table);
        services.AddSingleton<TokenVerifier>();
        services.AddSingleton<Changes>();
        services.AddHostedService<AccessChanges>();
        services.AddSingleton<TokenLookUp>(provider =>
        {
            var sources = provider.GetRequiredService<ControlPlaneDataSources>();
            var tokens = new TokenStore(sources.Reads, provider.GetRequiredService<RoleTable>());
            return (kind, masked) => sources.WithinAsync(tokens.FindAsync(kind, masked));
        });
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ServiceAccountUsage>(
            provider, provider.GetRequiredService<ControlPlaneDataSources>().Writes));
        services.AddHostedService(provider => provider.GetRequiredService<ServiceAccountUsage>());
        services.AddSingleton<TokenIssuer>();
        services.AddQuotas();
        services.AddAuditing();
        services.AddSingleton<RefusedAccess>();
        return services;
    }
}

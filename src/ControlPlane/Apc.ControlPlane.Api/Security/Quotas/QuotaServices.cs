using Apc.ControlPlane.Api.Settings;

namespace Apc.ControlPlane.Api.Security.Quotas;

/// <summary>Everything that quotas add to the host.</summary>
public static class QuotaServices
{
    public static IServiceCollection AddQuotas(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSettings<QuotaOptions>(QuotaOptions.Section);
        services.AddSingleton<QuotaMetrics>();
        services.AddSingleton<QuotaStore>();
        services.AddSingleton<QuotaCounter>();
        services.AddSingleton<KnownAddresses>();
        services.AddSingleton<SignInThrottle>();
        return services;
    }
}

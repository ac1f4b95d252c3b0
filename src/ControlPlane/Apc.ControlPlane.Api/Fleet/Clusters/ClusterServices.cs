using Apc.ControlPlane.Api.Common.Settings;

namespace Apc.ControlPlane.Api.Fleet.Clusters;

/// <summary>Everything that clusters add to the host.</summary>
public static class ClusterServices
{
    /// <summary>Needs reconciling.</summary>
    public static IServiceCollection AddClusters(this IServiceCollection services)
    {
        services.AddKnownSettings(PlatformDeploymentsConfig.Section, options: null);
        services.AddSingleton<PlatformDeploymentsConfig>();
        services.AddSingleton<ClusterReader>();
        services.AddSingleton<ClusterRegistrar>();
        services.AddSingleton<ClusterUpdater>();
        services.AddTransient<StatusHistoryDataLoader>();
        return services;
    }
}

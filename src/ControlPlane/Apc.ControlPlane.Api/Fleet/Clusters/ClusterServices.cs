using Apc.ControlPlane.Api.Common.Settings;

namespace Apc.ControlPlane.Api.Fleet.Clusters;

/// <summary>Everything that clusters add to the host.</summary>
public static class ClusterServices
{
    /// <summary>Needs <c>AddReconciling</c>.</summary>
    public static IServiceCollection AddClusters(this IServiceCollection services)
    {
        services.AddKnownSettings(PlatformDeploymentsConfig.Section, options: null);
        services.AddSingleton<PlatformDeploymentsConfig>();
        services.AddSingleton<ClusterReader>();
        services.AddSingleton<RegisterCluster>();
        services.AddSingleton<DeregisterCluster>();
        services.AddSingleton<UpdateCluster>();
        services.AddTransient<StatusHistoryDataLoader>();
        return services;
    }
}

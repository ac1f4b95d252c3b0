namespace Apc.ControlPlane.Api.Features.Clusters;

/// <summary>Everything that the clusters feature adds to the host.</summary>
public static class ClusterServices
{
    public static IServiceCollection AddClusters(this IServiceCollection services)
    {
        services.AddSingleton<PlatformDeploymentsConfig>();
        services.AddSingleton<ClusterReader>();
        services.AddSingleton<ClusterRegistrar>();
        services.AddSingleton<ClusterUpdater>();
        services.AddTransient<StatusHistoryDataLoader>();
        return services.AddReconciling();
    }
}

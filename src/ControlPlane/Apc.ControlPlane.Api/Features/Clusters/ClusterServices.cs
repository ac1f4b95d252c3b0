using Apc.ControlPlane.Api.Features.Clusters.Subscriptions;
using Apc.ControlPlane.Api.Settings;

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
        services.AddSettings<SubscriptionOptions>(SubscriptionOptions.Section);
        services.AddSingleton<ClusterFeed>();
        return services.AddReconciling();
    }
}

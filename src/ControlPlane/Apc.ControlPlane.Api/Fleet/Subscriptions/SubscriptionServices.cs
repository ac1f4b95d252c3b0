using Apc.ControlPlane.Api.Common.Settings;

namespace Apc.ControlPlane.Api.Fleet.Subscriptions;

/// <summary>Everything that subscriptions add to the host.</summary>
public static class SubscriptionServices
{
    public static IServiceCollection AddSubscriptions(this IServiceCollection services)
    {
        services.AddSettings<SubscriptionOptions>(SubscriptionOptions.Section);
        services.AddSingleton<ClusterFeed>();
        return services;
    }
}

using System.ComponentModel.DataAnnotations;
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

/// <summary>What subscribers may cost.</summary>
public sealed class SubscriptionOptions
{
    public const string Section = "GraphQL:Subscriptions";

    /// <summary>Most events that may wait for one subscriber; beyond it the subscription ends. 10 to 100,000; 5,000 unless set.</summary>
    [Range(10, 100_000)]
    public int MaxPendingEvents { get; init; } = 5_000;
}

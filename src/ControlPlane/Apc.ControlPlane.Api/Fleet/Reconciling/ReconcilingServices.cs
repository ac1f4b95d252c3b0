using Apc.ControlPlane.Api.Common.OutboundHttp;
using Apc.ControlPlane.Api.Common.Settings;
using Apc.ControlPlane.Api.Fleet.DataPlane;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Fleet.Reconciling;

/// <summary>Everything that reconciling adds to the host, with the client of the data planes.</summary>
public static class ReconcilingServices
{
    public static IServiceCollection AddReconciling(this IServiceCollection services)
    {
        services.AddSettings<DataPlaneOptions>(DataPlaneOptions.Section);
        services.AddSingleton(provider
            => new TrustedAuthorities(provider.GetRequiredService<IOptions<DataPlaneOptions>>().Value.TrustedAuthorities));
        services.AddSingleton<DataPlaneClient>();
        services.AddSingleton<ClusterMetrics>();
        services.AddSingleton<ProbeOrder>();
        services.AddSingleton<ClusterProber>();
        services.AddSingleton<FleetProbe>();
        services.AddSingleton<DatabaseRetries>();
        services.AddSingleton<ClusterTargets>();
        services.AddSingleton<StatusChanges>();
        services.AddSingleton<ClusterResultWriters>();
        services.AddSingleton<ClusterReconciler>();
        return services;
    }
}

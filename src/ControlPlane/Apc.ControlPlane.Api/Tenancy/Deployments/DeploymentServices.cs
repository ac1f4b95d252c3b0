namespace Apc.ControlPlane.Api.Tenancy.Deployments;

/// <summary>Everything that the deployments feature adds to the host.</summary>
public static class DeploymentServices
{
    public static IServiceCollection AddDeployments(this IServiceCollection services) => services
        .AddSingleton<DeploymentReader>()
        .AddTransient<DeploymentByIdDataLoader>();
}

namespace Apc.ControlPlane.Api.Tenancy.Deployments;

public static class DeploymentServices
{
    public static IServiceCollection AddDeployments(this IServiceCollection services) => services
        .AddSingleton<DeploymentReader>()
        .AddTransient<DeploymentByIdDataLoader>();
}

namespace Apc.ControlPlane.Api.Features.Workspaces;

/// <summary>Everything that the workspaces feature adds to the host.</summary>
public static class WorkspaceServices
{
    public static IServiceCollection AddWorkspaces(this IServiceCollection services) => services
        .AddSingleton<WorkspaceReader>()
        .AddSingleton<WorkspaceMaker>()
        .AddTransient<WorkspaceByIdDataLoader>();
}

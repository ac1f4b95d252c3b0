namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

/// <summary>Everything that the workspaces feature adds to the host.</summary>
public static class WorkspaceServices
{
    public static IServiceCollection AddWorkspaces(this IServiceCollection services) => services
        .AddSingleton<WorkspaceReader>()
        .AddSingleton<CreateWorkspace>()
        .AddSingleton<UpdateWorkspace>()
        .AddSingleton<DeleteWorkspace>()
        .AddSingleton<WorkspaceAddUser>()
        .AddSingleton<WorkspaceAddTeam>()
        .AddSingleton<WorkspaceUpsertUserRole>()
        .AddSingleton<WorkspaceMemberReader>()
        .AddTransient<WorkspaceByIdDataLoader>()
        .AddTransient<WorkspaceUsersDataLoader>()
        .AddTransient<WorkspaceTeamsDataLoader>()
        .AddTransient<ServiceAccountsByWorkspaceDataLoader>()
        .AddTransient<RoleBindingsByWorkspaceDataLoader>()
        .AddTransient<InvitationsByWorkspaceDataLoader>();
}

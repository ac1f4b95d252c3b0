namespace Apc.ControlPlane.Api.Identity.Teams;

public static class TeamServices
{
    public static IServiceCollection AddTeams(this IServiceCollection services) => services
        .AddSingleton<TeamReader>()
        .AddSingleton<TeamProviders>()
        .AddSingleton<CreateTeam>()
        .AddSingleton<UpdateTeam>()
        .AddSingleton<RemoveTeam>()
        .AddTransient<TeamByIdDataLoader>()
        .AddTransient<TeamUsersDataLoader>()
        .AddTransient<TeamsByUserIdDataLoader>()
        .AddTransient<TeamMembershipDataLoader>();
}

namespace Apc.ControlPlane.Api.Identity.Teams;

/// <summary>Everything that the teams feature adds to the host.</summary>
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

namespace Apc.ControlPlane.Api.Identity.Teams;

/// <summary>Everything that the teams feature adds to the host.</summary>
public static class TeamServices
{
    public static IServiceCollection AddTeams(this IServiceCollection services) => services
        .AddSingleton<TeamReader>()
        .AddSingleton<TeamProviders>()
        .AddSingleton<TeamMaker>()
        .AddSingleton<TeamUpdater>()
        .AddSingleton<TeamRemover>()
        .AddTransient<TeamByIdDataLoader>()
        .AddTransient<TeamUsersDataLoader>()
        .AddTransient<TeamsByUserIdDataLoader>()
        .AddTransient<TeamMembershipDataLoader>();
}

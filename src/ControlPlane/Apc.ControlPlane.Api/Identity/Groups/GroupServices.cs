namespace Apc.ControlPlane.Api.Identity.Groups;

/// <summary>Everything that the groups feature adds to the host.</summary>
public static class GroupServices
{
    public static IServiceCollection AddGroups(this IServiceCollection services) => services.AddTransient<UsersByGroupDataLoader>();
}

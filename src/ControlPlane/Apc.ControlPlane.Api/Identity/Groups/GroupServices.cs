namespace Apc.ControlPlane.Api.Identity.Groups;

public static class GroupServices
{
    public static IServiceCollection AddGroups(this IServiceCollection services) => services.AddTransient<UsersByGroupDataLoader>();
}

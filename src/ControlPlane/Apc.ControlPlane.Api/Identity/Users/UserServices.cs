namespace Apc.ControlPlane.Api.Identity.Users;

public static class UserServices
{
    public static IServiceCollection AddUsers(this IServiceCollection services)
    {
        services.AddSingleton<UserReader>();
        services.AddSingleton<RemoveUser>();
        services.AddTransient<UserByIdDataLoader>();
        services.AddTransient<EmailsByUserIdDataLoader>();
        return services;
    }
}

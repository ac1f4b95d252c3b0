namespace Apc.ControlPlane.Api.Features.Users;

/// <summary>Everything that the users feature adds to the host.</summary>
public static class UserServices
{
    public static IServiceCollection AddUsers(this IServiceCollection services)
    {
        services.AddOptions<SignupOptions>().BindConfiguration(SignupOptions.Section).ValidateOnStart();
        services.AddOptions<BootstrapOptions>()
            .BindConfiguration(BootstrapOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();

        services.AddSingleton<UserRegistrar>();
        services.AddSingleton<UserSignIn>();
        services.AddSingleton<BootstrapAdmin>();
        services.AddTransient<UserByIdDataLoader>();
        services.AddTransient<EmailsByUserIdDataLoader>();
        return services;
    }
}

using Apc.ControlPlane.Api.Common.Settings;
using Apc.ControlPlane.Domain.Users;
using Microsoft.AspNetCore.Identity;

namespace Apc.ControlPlane.Api.Identity.SignIn.Passwords;

/// <summary>Everything that signing in with a password adds to the host.</summary>
public static class PasswordServices
{
    public static IServiceCollection AddPasswords(this IServiceCollection services)
    {
        services.AddSettings<LocalAuthOptions>(LocalAuthOptions.Section);
        services.AddSingleton<LocalSignIn>();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = PasswordVerifier.Iterations);
        services.AddSingleton<PasswordHasher<User>>();
        services.AddSingleton<PasswordVerifier>();
        services.AddSingleton<UserSignIn>();
        return services;
    }
}

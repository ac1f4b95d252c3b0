using Apc.ControlPlane.Api.Common.Settings;
using Apc.ControlPlane.Domain.Users;
using Microsoft.AspNetCore.Identity;

namespace Apc.ControlPlane.Api.Identity.SignIn.Passwords;

public static class PasswordServices
{
    public static IServiceCollection AddPasswords(this IServiceCollection services) => services
        .AddSettings<LocalAuthOptions>(LocalAuthOptions.Section)
        .AddSingleton<LocalSignIn>()
        .Configure<PasswordHasherOptions>(options => options.IterationCount = PasswordVerifier.Iterations)
        .AddSingleton<PasswordHasher<User>>()
        .AddSingleton<PasswordVerifier>()
        .AddSingleton<UserSignIn>();
}

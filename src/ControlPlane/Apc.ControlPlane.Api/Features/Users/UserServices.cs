using Apc.ControlPlane.Api.Features.Users.Claims;
using Apc.ControlPlane.Api.Features.Users.Links;
using Apc.ControlPlane.Api.Observability;
using Apc.ControlPlane.Api.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Features.Users;

/// <summary>Everything that the users feature adds to the host.</summary>
public static class UserServices
{
    public static IServiceCollection AddUsers(this IServiceCollection services)
    {
        services.AddSettings<SignupOptions>(SignupOptions.Section);
        services.AddSingleton<IValidateOptions<SignupOptions>, OpenSignUpRule>();
        services.AddSettings<SystemRoleOptions>(SystemRoleOptions.Section);
        services.AddSettings<BootstrapOptions>(BootstrapOptions.Section);

        services.AddSingleton<ClaimCodeFile>();
        services.AddSingleton<ClaimCodeSeal>();
        services.TryAddSingleton(provider => ActivatorUtilities.CreateInstance<FirstUserClaim>(provider, provider.GetRequiredService<OutputQueue>().Text));
        services.AddHostedService(provider => provider.GetRequiredService<FirstUserClaim>());
        services.AddSingleton<UserRegistrar>();
        services.AddSingleton<UserSignIn>();
        services.AddSingleton<UserReader>();
        services.AddSingleton<UserRemover>();
        services.AddSingleton<SelfUpdater>();
        services.AddSingleton<UserLinks>();
        services.AddSingleton<LinkMails>();
        services.AddSingleton<EmailConfirmation>();
        services.AddSingleton<PasswordReset>();
        services.AddSingleton<BootstrapAdmin>();
        services.AddSingleton<AddressVouching>();
        services.AddTransient<UserByIdDataLoader>();
        services.AddTransient<EmailsByUserIdDataLoader>();
        return services;
    }
}

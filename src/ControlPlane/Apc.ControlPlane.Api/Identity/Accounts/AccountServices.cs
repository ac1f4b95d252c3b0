using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Common.Observability;
using Apc.ControlPlane.Api.Common.Sealing;
using Apc.ControlPlane.Api.Common.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.Accounts;

public static class AccountServices
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddSettings<SignupOptions>(SignupOptions.Section);
        services.AddSingleton<IValidateOptions<SignupOptions>, OpenSignUpRule>();
        services.AddSettings<BootstrapOptions>(BootstrapOptions.Section);
        services.AddSingleton<ClaimCodeFile>();
        services.AddSingleton<DatabaseSeal>();
        services.TryAddSingleton(provider
            => ActivatorUtilities.CreateInstance<FirstUserClaim>(provider, provider.GetRequiredService<OutputQueue>().Text));
        services.AddHostedService(provider => provider.GetRequiredService<FirstUserClaim>());
        services.AddSingleton<CreateUser>();
        services.AddSingleton<UpdateSelf>();
        services.AddSingleton<BootstrapAdmin>();
        services.AddSingleton<AddressVouching>();
        return services;
    }
}

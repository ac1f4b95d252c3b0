using Apc.ControlPlane.Api.Common.Mail;
using Apc.ControlPlane.Api.Common.Settings;

namespace Apc.ControlPlane.Api.Access.Quotas;

public static class QuotaServices
{
    public static IServiceCollection AddQuotas(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSettings<QuotaOptions>(QuotaOptions.Section);
        services.AddSingleton<QuotaMetrics>();
        services.AddSingleton<QuotaStore>();
        services.AddSingleton<QuotaCounter>();
        services.AddSingleton<MailQuota>();
        services.AddSingleton<MailAdmission>(provider => provider.GetRequiredService<MailQuota>().AdmitsAsync);
        services.AddSingleton<KnownAddresses>();
        services.AddSingleton<SignInThrottle>();
        return services;
    }
}

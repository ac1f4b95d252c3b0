using Apc.ControlPlane.Api.Common.Settings;

namespace Apc.ControlPlane.Api.Common.Mail;

public static class MailServices
{
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSettings<SmtpOptions>(SmtpOptions.Section);
        services.AddSingleton<SmtpSender>();
        services.AddSingleton<MailMetrics>();
        services.AddSingleton<MailQueue>();
        services.AddHostedService(provider => provider.GetRequiredService<MailQueue>());
        return services;
    }
}

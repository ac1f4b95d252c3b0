using Apc.ControlPlane.Api.Mail;
using Apc.ControlPlane.Api.Settings;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Features.Platform;

/// <summary>What the host knows of the platform around it.</summary>
public static class PlatformServices
{
    public static IServiceCollection AddPlatform(this IServiceCollection services)
    {
        services.AddSettings<PlatformOptions>(PlatformOptions.Section);

        // A link must not lead where the sender of a request says.
        services.AddOptions<SmtpOptions>().Validate<IOptions<PlatformOptions>>(
            (smtp, platform) => !smtp.HasServer() || platform.Value.Address() is not null,
            $"{SmtpOptions.Section}:{nameof(SmtpOptions.Host)} is set, but neither {PlatformOptions.Section}:{nameof(PlatformOptions.PublicUrl)} nor {PlatformOptions.Section}:{nameof(PlatformOptions.BaseDomain)} is: links in mails would lead nowhere.");
        services.AddSingleton(provider => new AppConfig
        {
            BaseDomain = provider.GetRequiredService<IOptions<PlatformOptions>>().Value.BaseDomain ?? "",
            SmtpConfigured = provider.GetRequiredService<IOptions<SmtpOptions>>().Value.HasServer(),
        });
        return services;
    }
}

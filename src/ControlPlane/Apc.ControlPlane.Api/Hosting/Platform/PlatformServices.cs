using Apc.ControlPlane.Api.Common.Mail;
using Apc.ControlPlane.Api.Common.Settings;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Hosting.Platform;

/// <summary>What the host knows about the platform around it.</summary>
public static class PlatformServices
{
    public static IServiceCollection AddPlatform(this IServiceCollection services)
    {
        services.AddSettings<PlatformOptions>(PlatformOptions.Section);

        // The address in a link must not come from the headers of a request. Read from the configuration, so that an invalid
        // PlatformOptions is reported separately.
        services.AddOptions<SmtpOptions>().Validate<IConfiguration>(
            (smtp, configuration) => !smtp.HasServer() || HasAddress(configuration.GetSection(PlatformOptions.Section)),
            $"{SmtpOptions.Section}:{nameof(SmtpOptions.Host)} is set, "
            + $"but neither {PlatformOptions.Section}:{nameof(PlatformOptions.PublicUrl)} "
            + $"nor {PlatformOptions.Section}:{nameof(PlatformOptions.BaseDomain)} is: links in mails would lead nowhere.");
        services.AddSingleton(provider => new AppConfig
        {
            BaseDomain = provider.GetRequiredService<IOptions<PlatformOptions>>().Value.BaseDomain ?? "",
            SmtpConfigured = provider.GetRequiredService<IOptions<SmtpOptions>>().Value.HasServer(),
        });
        return services;
    }

    private static bool HasAddress(IConfigurationSection platform)
        => !string.IsNullOrEmpty(platform[nameof(PlatformOptions.PublicUrl)])
            || !string.IsNullOrEmpty(platform[nameof(PlatformOptions.BaseDomain)]);
}

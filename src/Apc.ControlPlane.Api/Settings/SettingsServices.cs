using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Settings;

/// <summary>Reads settings into options classes, and stops the start where one is wrong.</summary>
public static class SettingsServices
{
    /// <summary>Binds a section. A value out of range stops the start with a sentence that names the setting, the value and what is allowed.</summary>
    public static IServiceCollection AddSettings<TOptions>(this IServiceCollection services, string section)
        where TOptions : class
    {
        services.AddOptions<TOptions>().BindConfiguration(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TOptions>>(new SettingsValidator<TOptions>(section));
        return services;
    }
}

using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Common.Settings;

/// <summary>Reads settings into options classes, and stops the start where one is wrong.</summary>
public static class SettingsServices
{
    /// <summary>
    /// Binds a section. A value that cannot be read or is out of range stops the start with a sentence that names the setting, the value and what is allowed;
    /// all sections are checked before anything else is done.
    /// </summary>
    public static IServiceCollection AddSettings<TOptions>(this IServiceCollection services, string section)
        where TOptions : class
    {
        services.AddOptions<TOptions>()
            .Configure<IConfiguration>((options, configuration) => Bind(configuration.GetSection(section), options))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<TOptions>>(new SettingsValidator<TOptions>(section));
        return services.AddKnownSettings(section, typeof(TOptions));
    }

    /// <summary>Makes the names of a section known that is not read by <see cref="AddSettings"/>.</summary>
    /// <param name="services">The host's.</param>
    /// <param name="section">Its full name.</param>
    /// <param name="options">A class whose properties are its settings; null where its names are free.</param>
    public static IServiceCollection AddKnownSettings(this IServiceCollection services, string section, Type? options)
        => services.AddSingleton(new SettingsSection(section, options));

    /// <summary>The settings of a section for what is put together before all of them are checked; the defaults where they cannot be read, which stops the start.</summary>
    public static TOptions ReadSettings<TOptions>(this IConfiguration configuration, string section)
        where TOptions : class, new()
        => UnreadableSettings.In(configuration.GetSection(section), typeof(TOptions)).Any()
            ? new()
            : configuration.GetSection(section).Get<TOptions>() ?? new();

    /// <summary>The binder would stop at the first text that it cannot read, and say nothing of what is allowed.</summary>
    private static void Bind<TOptions>(IConfigurationSection section, TOptions options)
        where TOptions : class
    {
        var unreadable = UnreadableSettings.In(section, typeof(TOptions)).ToArray();

        if (unreadable.Length > 0)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(TOptions), unreadable);
        }

        section.Bind(options);
    }
}

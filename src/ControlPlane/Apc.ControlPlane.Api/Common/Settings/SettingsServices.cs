using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Common.Settings;

/// <summary>A section of the configuration with settings of this program.</summary>
/// <param name="Name">Its full name, such as <c>GraphQL:Limits</c>.</param>
/// <param name="Options">
/// The class whose properties are its settings; null if its names are free and checked by the code that reads them.
/// </param>
internal sealed record SettingsSection(string Name, Type? Options);

/// <summary>Binds settings to options classes.</summary>
public static class SettingsServices
{
    /// <summary>
    /// Binds a section. A value that cannot be read or is out of range stops the start, with a sentence that has the setting, its value and
    /// what is allowed. All sections are checked before anything else is done.
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

    /// <summary>Adds the names of a section that is not read by <see cref="AddSettings"/>.</summary>
    /// <param name="section">Its full name.</param>
    /// <param name="options">The class whose properties are its settings; null if its names are free.</param>
    public static IServiceCollection AddKnownSettings(this IServiceCollection services, string section, Type? options)
        => services.AddSingleton(new SettingsSection(section, options));

    /// <summary>
    /// The settings of a section for code that runs before the check of all settings; the defaults if they cannot be read, which that check
    /// reports.
    /// </summary>
    public static TOptions ReadSettings<TOptions>(this IConfiguration configuration, string section)
        where TOptions : class, new()
        => UnreadableSettings.In(configuration.GetSection(section), typeof(TOptions)).Any()
            ? new()
            : configuration.GetSection(section).Get<TOptions>() ?? new();

    /// <summary>
    /// Unreadable texts are looked for first, because the binder would stop at the first one without saying what is allowed.
    /// </summary>
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

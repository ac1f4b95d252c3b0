using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Common.Settings;

/// <summary>Checks all settings before anything else is done.</summary>
internal static partial class SettingsCheck
{
    /// <summary>Logs a warning for unknown names of the public chart.</summary>
    /// <exception cref="OptionsValidationException">
    /// Other names are unknown, or values cannot be used; it has a sentence for each.
    /// </exception>
    public static void Run(IServiceProvider services, IReadOnlyList<(string Name, string? Value)> arguments)
    {
        var known = new KnownSettings(services.GetServices<SettingsSection>());
        var (problems, warnings) = known.Judge(services.GetRequiredService<IConfiguration>(), arguments);

        // Values are not checked if one is missing, because ASP.NET Core reads the next argument as that value.
        var unusable = arguments.Any(a => a.Value is null) ? [] : UnusableValues(services);

        if (problems.Concat(unusable).Concat(UnusableSwitch(services)).ToArray() is { Length: > 0 } all)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(SettingsSection), all);
        }

        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SettingsCheck).FullName!);

        foreach (var warning in warnings)
        {
            LogUnknown(logger, warning);
        }
    }

    /// <summary>The framework would read any text but <c>true</c> as off.</summary>
    private static IEnumerable<string> UnusableSwitch(IServiceProvider services)
        => services.GetRequiredService<IConfiguration>()["ForwardedHeaders_Enabled"] is { Length: > 0 } text
            && !SettingText.TryReadBoolean(text, out _)
                ? [$"ASPNETCORE_FORWARDEDHEADERS_ENABLED is '{SettingText.Shown(text)}'; allowed is true or false."]
                : [];

    private static IEnumerable<string> UnusableValues(IServiceProvider services)
    {
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException invalid)
        {
            return invalid.Failures.Distinct();
        }
        catch (AggregateException all) when (all.InnerExceptions.All(e => e is OptionsValidationException))
        {
            return all.InnerExceptions.Cast<OptionsValidationException>().SelectMany(e => e.Failures).Distinct();
        }
    }

    [LoggerMessage(LogLevel.Warning, "A setting has no effect: {Problem}")]
    private static partial void LogUnknown(ILogger logger, string problem);
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Apc.ControlPlane.Api.Common.Settings;

/// <summary>
/// Finds texts in the configuration that cannot be read as the type of their setting, by the strict rules of <see cref="SettingText"/>.
/// </summary>
internal static class UnreadableSettings
{
    private static readonly string TextAllowed
        = $"text of at most {SettingText.MaxLength} characters, without control characters, and without blanks at its ends";

    /// <summary>A sentence for each unreadable setting of the class and of the classes in it.</summary>
    public static IEnumerable<string> In(IConfigurationSection section, Type options)
        => options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite)
            .SelectMany(property => In(section.GetSection(property.Name), property.PropertyType, property));

    private static IEnumerable<string> In(IConfigurationSection setting, Type type, PropertyInfo property)
    {
        if (SettingType.NamedElement(type) is { } element)
        {
            return setting.GetChildren().SelectMany(named => In(named, element, property));
        }

        if (SettingType.IsOptions(type))
        {
            return In(setting, type);
        }

        if (SettingType.IsList(type))
        {
            // The binder would read a text as an empty list, so that a limit would silently not be in force.
            return setting.Value is { Length: > 0 } text
                ? [Sentence(setting, text, $"a list: {setting.Path}:0, {setting.Path}:1 and so on")]
                : setting.GetChildren()
                    .Where(element => element.Value is null or "" || !SettingText.IsPlain(element.Value))
                    .Select(element => Sentence(element, element.Value ?? "", TextAllowed));
        }

        // For a nullable type an empty text means that the setting is not set.
        var underlying = Nullable.GetUnderlyingType(type);

        if (setting.Value is not { } value
            || (value.Length == 0 && underlying is not null)
            || Allowed(value, underlying ?? type, property) is not { } allowed)
        {
            return [];
        }

        return [IsSecret(property) ? $"{setting.Path} cannot be used; allowed is {allowed}." : Sentence(setting, value, allowed)];
    }

    private static bool IsSecret(PropertyInfo property) => property.IsDefined(typeof(PasswordPropertyTextAttribute));

    private static string Sentence(IConfigurationSection setting, string value, string allowed)
        => $"{setting.Path} is '{SettingText.Shown(value)}'; allowed is {allowed}.";

    /// <summary>What is allowed instead of an unreadable text; null if it can be read.</summary>
    private static string? Allowed(string text, Type type, PropertyInfo property) => type switch
    {
        _ when type == typeof(string) => SettingText.IsPlain(text, IsSecret(property)) ? null : TextAllowed,
        _ when type == typeof(bool) => SettingText.TryReadBoolean(text, out _) ? null : "true or false",
        { IsEnum: true }
            => Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase) ? null : string.Join(", ", Enum.GetNames(type)),
        _ when type == typeof(TimeSpan)
            => SettingText.IsTime(text) ? null : "a time as hours, minutes and seconds, such as 00:00:05 or 00:00:00.5",
        _ when type == typeof(int) || type == typeof(long)
            => Number(text, type, SettingText.IsWholeNumber(text), "a whole number", property),
        _ => Number(text, type, SettingText.IsNumber(text), "a number such as 0.5", property),
    };

    private static string? Number(string text, Type type, bool isNumber, string allowed, PropertyInfo property)
    {
        if (isNumber && CanConvert(TypeDescriptor.GetConverter(type), text))
        {
            return null;
        }

        return isNumber && property.GetCustomAttribute<RangeAttribute>() is { } range
            ? string.Create(CultureInfo.InvariantCulture, $"{range.Minimum} to {range.Maximum}")
            : allowed;
    }

    private static bool CanConvert(TypeConverter converter, string text)
    {
        try
        {
            return converter.ConvertFromInvariantString(text) is not null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            // Such as too many digits.
            return false;
        }
    }
}

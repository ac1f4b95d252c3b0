using System.ComponentModel;
using System.Reflection;

namespace Apc.ControlPlane.Api.Settings;

/// <summary>Finds texts in the configuration that are not of the type that a setting has.</summary>
internal static class UnreadableSettings
{
    /// <summary>A sentence for each setting of the class that cannot be read; the classes within it are looked into.</summary>
    public static IEnumerable<string> In(IConfigurationSection section, Type options)
        => options.GetProperties(BindingFlags.Public | BindingFlags.Instance).SelectMany(property => In(section.GetSection(property.Name), property));

    private static IEnumerable<string> In(IConfigurationSection setting, PropertyInfo property)
    {
        if (property.PropertyType.GetField("Section") is not null)
        {
            return In(setting, property.PropertyType);
        }

        if (NamedOptions(property.PropertyType) is { } options)
        {
            return setting.GetChildren().SelectMany(named => In(named, options));
        }

        // The binder takes an empty text for absent.
        return setting.Value is not { Length: > 0 } text || CanRead(property.PropertyType, text)
            ? []
            : [$"{setting.Path} is '{text}'; allowed is {AllowedFor(property.PropertyType, setting.Path)}."];
    }

    /// <summary>The options class of which a dictionary holds several by name; null for any other type.</summary>
    private static Type? NamedOptions(Type type)
        => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Dictionary<,>) && type.GetGenericArguments()[1] is var options && options != typeof(string)
            ? options
            : null;

    private static bool CanRead(Type type, string text)
    {
        if (IsList(type))
        {
            // The binder would take such a text for no list at all, and nobody would see that a limit is not in force.
            return false;
        }

        if (type.IsEnum)
        {
            return Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase);
        }

        var converter = TypeDescriptor.GetConverter(type);

        try
        {
            return !converter.CanConvertFrom(typeof(string)) || converter.ConvertFromInvariantString(text) is not null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            return false;
        }
    }

    private static string AllowedFor(Type type, string path) => type switch
    {
        _ when IsList(type) => $"a list: {path}:0, {path}:1 and so on",
        { IsEnum: true } => string.Join(", ", Enum.GetNames(type)),
        _ when type == typeof(bool) || type == typeof(bool?) => "true or false",
        _ when type == typeof(TimeSpan) => "a time as hours, minutes and seconds, such as 00:00:05 or 00:00:00.5",
        _ => "a whole number",
    };

    private static bool IsList(Type type) => type != typeof(string) && type.IsAssignableTo(typeof(System.Collections.IEnumerable));
}

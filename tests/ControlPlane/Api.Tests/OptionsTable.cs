using System.Globalization;
using System.Reflection;
using System.Xml.Linq;
using Apc.ControlPlane.Api.Hosting;
using Apc.ControlPlane.Data;

namespace Apc.ControlPlane.Api.Tests;

/// <summary>What the options classes say of themselves, as rows of the table in docs/configuration.md.</summary>
internal static class OptionsTable
{
    private static readonly Assembly[] Assemblies = [typeof(ControlPlaneHost).Assembly, typeof(DatabaseOptions).Assembly];

    /// <summary>The options classes that have a section of their own, in no order.</summary>
    public static IEnumerable<Type> Sections()
        => Assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && SectionOf(type) is not null);

    /// <summary>A row for each option: name, type, default, meaning; in the order of the sections and their classes, within a class as written.</summary>
    public static IEnumerable<string> Rows()
        => Sections().OrderBy(SectionOf, StringComparer.Ordinal).ThenBy(type => type.Name, StringComparer.Ordinal).SelectMany(Rows);

    /// <summary>The properties behind the rows, in no order.</summary>
    public static IEnumerable<PropertyInfo> Properties() => Sections().SelectMany(Properties);

    private static IEnumerable<PropertyInfo> Properties(Type options)
        => options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .SelectMany(property => NamedOptions(property.PropertyType) is { } named ? Properties(named) : [property]);

    private static IEnumerable<string> Rows(Type options) => Rows(options, SectionOf(options)!);

    private static IEnumerable<string> Rows(Type options, string section)
    {
        var defaults = Activator.CreateInstance(options);
        var docs = XDocument.Load(Path.ChangeExtension(options.Assembly.Location, ".xml"));

        return options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => SectionOf(property.PropertyType) is null)
            .SelectMany(property => NamedOptions(property.PropertyType) is { } named
                ? Rows(named, $"{section}:{property.Name}:<name>")
                : [$"| `{section}:{property.Name}` | {TypeOf(property.PropertyType)} | {Default(property.GetValue(defaults))} | {MeaningOf(property, docs)} |"]);
    }

    /// <summary>The options class of which a dictionary holds several by name; null for any other type.</summary>
    private static Type? NamedOptions(Type type)
        => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Dictionary<,>) && type.GetGenericArguments()[1] is var options && options != typeof(string)
            ? options
            : null;

    private static string? SectionOf(Type type) => type.GetField("Section")?.GetRawConstantValue() as string;

    private static string TypeOf(Type type) => type switch
    {
        { IsEnum: true } => string.Join(", ", Enum.GetNames(type)),
        _ when type == typeof(bool) || type == typeof(bool?) => "true or false",
        _ when type == typeof(TimeSpan) => "time",
        _ when type == typeof(string) => "text",
        _ when type == typeof(int) || type == typeof(long) => "whole number",
        _ when type == typeof(Dictionary<string, string>) => "texts by name",
        _ => "list of texts",
    };

    private static string Default(object? value) => value switch
    {
        null or "" or IReadOnlyList<string> { Count: 0 } or Dictionary<string, string> { Count: 0 } => "none",
        bool truth => truth ? "`true`" : "`false`",
        TimeSpan { Milliseconds: not 0 } time => $"`{time.ToString("c", CultureInfo.InvariantCulture).TrimEnd('0')}`",
        _ => string.Create(CultureInfo.InvariantCulture, $"`{value}`"),
    };

    private static string MeaningOf(PropertyInfo property, XDocument docs)
    {
        var summary = docs.Descendants("member")
            .SingleOrDefault(m => (string?)m.Attribute("name") == $"P:{property.DeclaringType!.FullName}.{property.Name}")?
            .Element("summary");
        Assert.True(summary is not null, $"{property.DeclaringType!.Name}.{property.Name} needs a summary.");

        // References to other options become their names.
        foreach (var reference in summary.Descendants("see").ToArray())
        {
            var name = (string)reference.Attribute("cref")!;
            reference.ReplaceWith($"`{name[(name.LastIndexOf('.') + 1)..]}`");
        }

        foreach (var code in summary.Descendants("c").ToArray())
        {
            code.ReplaceWith($"`{code.Value}`");
        }

        return string.Join(' ', summary.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}

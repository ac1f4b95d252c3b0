using System.Reflection;
using Apc.ControlPlane.Api.Common.Settings;
using Apc.ControlPlane.Api.Hosting;
using Apc.ControlPlane.Data;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Tests.Common.Settings;

/// <summary>Every setting of every options class: what a test of all of them walks.</summary>
internal static class AllSettings
{
    /// <summary>One setting.</summary>
    /// <param name="Name">Its full name; lists have the number of an element, dictionaries a key.</param>
    /// <param name="Type">What it is read as; lists and dictionaries give that of an element.</param>
    /// <param name="Default">Its default, as text; null where there is none.</param>
    public sealed record Setting(string Name, Type Type, string? Default);

    /// <summary>A host that would start but for what is added.</summary>
    public const string SomewhereElse = "--ConnectionStrings:ControlPlane=Host=127.0.0.1;Port=1;Database=x;Username=u;Password=p";

    public static IReadOnlyList<Setting> Walk()
        => [.. new[] { typeof(ControlPlaneHost).Assembly, typeof(DatabaseOptions).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && type.GetField("Section") is not null)
            .SelectMany(type => Walk(type, (string)type.GetField("Section")!.GetRawConstantValue()!))
            .DistinctBy(setting => setting.Name)];

    /// <summary>All that stops a start with these settings; nothing where it would not be stopped by a setting.</summary>
    public static async Task<IReadOnlyList<string>> ProblemsAsync(params IEnumerable<string> arguments)
    {
        try
        {
            await using var host = await ControlPlaneHost.BuildAsync([SomewhereElse, .. arguments]);
            return [];
        }
        catch (Exception refusal)
        {
            return refusal switch
            {
                OptionsValidationException invalid => [.. invalid.Failures],
                SettingException setting => setting.Message.Split('\n'),
                _ => throw new InvalidOperationException("The start failed for another reason than a setting.", refusal),
            };
        }
    }

    private static IEnumerable<Setting> Walk(Type options, string section)
    {
        var defaults = Activator.CreateInstance(options);

        foreach (var property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
        {
            var name = $"{section}:{property.Name}";
            var type = System.Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

            foreach (var setting in Walk(name, type, property.GetValue(defaults)))
            {
                yield return setting;
            }
        }
    }

    private static IEnumerable<Setting> Walk(string name, Type type, object? value) => type switch
    {
        _ when type == typeof(string) => [new(name, type, value as string)],
        _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Dictionary<,>)
            => type.GetGenericArguments()[1] is var element && element == typeof(string) ? [new($"{name}:key", element, null)] : Walk(element, $"{name}:acme"),
        _ when type.IsAssignableTo(typeof(System.Collections.IEnumerable)) => [new($"{name}:0", typeof(string), null)],
        { IsClass: true } => Walk(type, name),
        _ => [new(name, type, value is TimeSpan time ? time.ToString("c") : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture))],
    };
}

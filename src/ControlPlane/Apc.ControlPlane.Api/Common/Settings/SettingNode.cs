using System.Collections;
using System.Reflection;

namespace Apc.ControlPlane.Api.Common.Settings;

/// <summary>A name in the tree of known settings: a section, or a setting itself.</summary>
internal sealed class SettingNode
{
    private readonly Dictionary<string, SettingNode> _named = new(StringComparer.OrdinalIgnoreCase);
    private SettingNode? _any;
    private SettingNode? _element;

    /// <summary>Whether all names below are allowed.</summary>
    public bool IsFree { get; private set; }

    /// <summary>Whether it has a value of its own.</summary>
    public bool IsSetting { get; private set; }

    /// <summary>The known names below, without those that operators choose.</summary>
    public IEnumerable<string> Names => _named.Keys;

    /// <summary>The node below with this name; null for an unknown name.</summary>
    public SettingNode? Find(string name)
        => IsFree ? this
            : _named.GetValueOrDefault(name) ?? _any ?? (IsIndex(name) ? _element : null);

    public void Add(SettingsSection section)
    {
        var node = section.Name.Split(':').Aggregate(this, (parent, name) => parent.Section(name));

        if (section.Options is { } options)
        {
            node.Add(options);
        }
        else
        {
            node.IsFree = true;
        }
    }

    /// <summary>The full names of all settings below, without those that operators choose.</summary>
    public IEnumerable<string> Settings(string prefix = "")
        => _named.SelectMany(child => child.Value.IsSetting ? [prefix + child.Key] : child.Value.Settings($"{prefix}{child.Key}:"));

    private void Add(Type options)
    {
        foreach (var property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
        {
            Section(property.Name).AddValue(property.PropertyType);
        }
    }

    private void AddValue(Type type)
    {
        if (SettingType.NamedElement(type) is { } element)
        {
            _any = new SettingNode();
            _any.AddValue(element);
        }
        else if (SettingType.IsOptions(type))
        {
            Add(type);
        }
        else
        {
            IsSetting = true;
            _element = SettingType.IsList(type) ? new SettingNode { IsSetting = true } : null;
        }
    }

    private SettingNode Section(string name)
    {
        if (!_named.TryGetValue(name, out var node))
        {
            _named.Add(name, node = new SettingNode());
        }

        return node;
    }

    private static bool IsIndex(string name) => name.Length is > 0 and < 6 && name.All(char.IsAsciiDigit);
}

/// <summary>The kinds of types that properties of options classes have.</summary>
internal static class SettingType
{
    /// <summary>The type of the values of a dictionary, whose keys operators choose; null for any other type.</summary>
    public static Type? NamedElement(Type type)
        => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Dictionary<,>) ? type.GetGenericArguments()[1] : null;

    /// <summary>Whether it is a list of texts.</summary>
    public static bool IsList(Type type) => type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable));

    /// <summary>Whether it is a class with settings of its own.</summary>
    public static bool IsOptions(Type type) => type.IsClass && type != typeof(string) && !IsList(type);
}

using System.Collections;

namespace Apc.ControlPlane.Api.Common.Settings;

/// <summary>What kinds of types the properties of options classes have.</summary>
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

namespace Apc.GraphQL.CodeFirst.Building;

/// <summary>The C# types behind interfaces and unions.</summary>
internal static class AbstractTypes
{
    public static bool IsInterface(Type type) => type.IsDefined(typeof(InterfaceTypeAttribute), inherit: false);

    public static bool IsUnion(Type type) => type.IsDefined(typeof(UnionTypeAttribute), inherit: false);

    /// <summary>The marked interfaces and base classes of a type, inherited ones included; not the type itself.</summary>
    public static IEnumerable<Type> InterfacesOf(Type type)
        => BasesOf(type).Concat(type.GetInterfaces().OrderBy(i => i.FullName, StringComparer.Ordinal)).Where(IsInterface);

    /// <summary>The classes that implement an interface or belong to a union.</summary>
    public static IEnumerable<Type> ClassesBehind(Type type) => type.Assembly.GetTypes()
        .Where(t => t is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && type.IsAssignableFrom(t))
        .OrderBy(t => t.FullName, StringComparer.Ordinal);

    private static IEnumerable<Type> BasesOf(Type type)
    {
        for (var baseType = type.BaseType; baseType is not null; baseType = baseType.BaseType)
        {
            yield return baseType;
        }
    }
}

using System.Reflection;

namespace Apc.GraphQL.CodeFirst.Building;

/// <summary>The attributes that mark classes.</summary>
internal static class Markers
{
    /// <summary>True for root classes and for classes that add fields to an object type.</summary>
    public static bool IsMarked(Type type)
        => type is { IsAbstract: true, IsSealed: true }
            && (type.IsDefined(typeof(QueryTypeAttribute))
                || type.IsDefined(typeof(MutationTypeAttribute))
                || type.IsDefined(typeof(SubscriptionTypeAttribute))
                || ExtendedType(type) is not null);

    /// <summary>The <c>T</c> of <c>[ObjectType&lt;T&gt;]</c>, or null.</summary>
    public static Type? ExtendedType(Type type) => type.GetCustomAttributesData()
        .Select(a => a.AttributeType)
        .FirstOrDefault(a => a.IsGenericType && a.GetGenericTypeDefinition() == typeof(ObjectTypeAttribute<>))
        ?.GetGenericArguments()[0];

    /// <summary>The methods of a marked class that are fields, in the order of the source.</summary>
    public static IEnumerable<MethodInfo> FieldMethods(Type type)
        => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(m => !m.IsSpecialName && !m.IsDefined(typeof(GraphQLIgnoreAttribute)))
            .OrderBy(m => m.MetadataToken);

    /// <summary>
    /// The properties that are fields: those of base classes and base interfaces first, each group in the order of the source.
    /// </summary>
    public static IEnumerable<PropertyInfo> FieldProperties(Type type)
    {
        var declared = type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(p => p.GetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0)
            .OrderBy(p => p.MetadataToken)
            .ToList();

        IEnumerable<PropertyInfo> inherited = type.BaseType is { } baseType && baseType != typeof(object) && baseType != typeof(ValueType)
            ? FieldProperties(baseType)
            : type.IsInterface ? type.GetInterfaces().SelectMany(FieldProperties).DistinctBy(p => p.Name) : [];

        return inherited
            .Where(b => declared.All(d => d.Name != b.Name))
            .Concat(declared.Where(p => !p.IsDefined(typeof(GraphQLIgnoreAttribute))));
    }
}

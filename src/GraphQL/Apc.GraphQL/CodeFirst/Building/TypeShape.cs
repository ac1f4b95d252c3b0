using System.Reflection;

namespace Apc.GraphQL.CodeFirst.Building;

/// <summary>A C# type as a schema sees it: lists and nullability around the type itself.</summary>
/// <param name="Type">The type without <see cref="Nullable{T}"/>; for a list the list type.</param>
/// <param name="IsNullable">From the annotation; true if the code has none.</param>
/// <param name="Element">The elements of a list; null for other types.</param>
internal sealed record TypeShape(Type Type, bool IsNullable, TypeShape? Element)
{
    /// <summary>The shape of a result.</summary>
    public static TypeShape OfOutput(NullabilityInfo info, Func<Type, bool> isLeaf) => Of(info, i => i.ReadState, isLeaf);

    /// <summary>The shape of an argument or input field.</summary>
    public static TypeShape OfInput(NullabilityInfo info, Func<Type, bool> isLeaf) => Of(info, i => i.WriteState, isLeaf);

    /// <summary>True for lists; false for texts, leafs and dictionaries.</summary>
    public static bool IsList(Type type, Func<Type, bool> isLeaf) => ElementOf(type, isLeaf) is not null;

    private static TypeShape Of(NullabilityInfo info, Func<NullabilityInfo, NullabilityState> stateOf, Func<Type, bool> isLeaf)
    {
        if (Nullable.GetUnderlyingType(info.Type) is { } underlying)
        {
            return new(underlying, true, ElementOf(underlying, isLeaf) is { } element ? Unannotated(element, isLeaf) : null);
        }

        var isNullable = !info.Type.IsValueType && stateOf(info) != NullabilityState.NotNull;

        if (ElementOf(info.Type, isLeaf) is not { } elementType)
        {
            return new(info.Type, isNullable, null);
        }

        // The annotation of the elements is known if they are the only type argument, as in IReadOnlyList<T>.
        var elementInfo = info.ElementType ?? info.GenericTypeArguments.SingleOrDefault();
        return new(
            info.Type,
            isNullable,
            elementInfo?.Type == elementType ? Of(elementInfo, stateOf, isLeaf) : Unannotated(elementType, isLeaf));
    }

    private static TypeShape Unannotated(Type type, Func<Type, bool> isLeaf)
    {
        var underlying = Nullable.GetUnderlyingType(type);
        var plain = underlying ?? type;
        return new(plain, underlying is not null, ElementOf(plain, isLeaf) is { } element ? Unannotated(element, isLeaf) : null);
    }

    /// <summary>The element type of a list; null if the type is not a list.</summary>
    private static Type? ElementOf(Type type, Func<Type, bool> isLeaf)
    {
        if (isLeaf(type))
        {
            return null;
        }

        var sequence = IsSequence(type) ? type : type.GetInterfaces().FirstOrDefault(IsSequence);
        var element = sequence?.GetGenericArguments()[0];
        return element is { IsGenericType: true } && element.GetGenericTypeDefinition() == typeof(KeyValuePair<,>) ? null : element;
    }

    private static bool IsSequence(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>);
}

using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation;

/// <summary>How types relate.</summary>
internal static class TypeComparison
{
    /// <summary>AreTypesCompatible: true where every value of <paramref name="type"/> is a value of <paramref name="superType"/>.</summary>
    /// <remarks>https://spec.graphql.org/September2025/#AreTypesCompatible()</remarks>
    public static bool IsSubTypeOf(this GraphQLType type, GraphQLType superType) => (type, superType) switch
    {
        (NonNullType sub, NonNullType super) => sub.OfType.IsSubTypeOf(super.OfType),
        (_, NonNullType) => false,
        (NonNullType sub, _) => sub.OfType.IsSubTypeOf(superType),
        (ListType sub, ListType super) => sub.OfType.IsSubTypeOf(super.OfType),
        _ => type == superType,
    };

    /// <summary>True where a value may be of both types.</summary>
    /// <remarks>https://spec.graphql.org/September2025/#GetPossibleTypes()</remarks>
    public static bool Overlap(this Schema schema, CompositeType one, CompositeType other)
    {
        if (one == other)
        {
            return true;
        }

        var possible = schema.PossibleTypes(other);

        foreach (var type in schema.PossibleTypes(one))
        {
            if (possible.Contains(type))
            {
                return true;
            }
        }

        return false;
    }
}

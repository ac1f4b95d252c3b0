using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation.Rules.OverlappingFields;

/// <summary>SameResponseShape, without the fields inside.</summary>
/// <remarks>https://spec.graphql.org/September2025/#SameResponseShape()</remarks>
internal static class ResponseShape
{
    /// <summary>True if lists or non-nulls differ, or if one type is a leaf and the other is a different type.</summary>
    public static bool Differs(GraphQLType type, GraphQLType other) => (type, other) switch
    {
        _ when type == other => false,
        (ListType a, ListType b) => Differs(a.OfType, b.OfType),
        (NonNullType a, NonNullType b) => Differs(a.OfType, b.OfType),
        (CompositeType, CompositeType) => false,
        _ => true,
    };
}

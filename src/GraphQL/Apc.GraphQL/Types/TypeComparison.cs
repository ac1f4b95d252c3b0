namespace Apc.GraphQL.Types;

/// <summary>Comparison of types.</summary>
internal static class TypeComparison
{
    /// <summary>True for the same named type with the same lists and non-nulls.</summary>
    public static bool AreEqual(GraphQLType left, GraphQLType right) => (left, right) switch
    {
        (NonNullType l, NonNullType r) => AreEqual(l.OfType, r.OfType),
        (ListType l, ListType r) => AreEqual(l.OfType, r.OfType),
        _ => left == right,
    };

    /// <summary>IsSubType: true if every value of <paramref name="sub"/> is also a value of <paramref name="super"/>.</summary>
    public static bool IsSubType(this Schema schema, GraphQLType super, GraphQLType sub) => (super, sub) switch
    {
        _ when super == sub => true,
        (NonNullType p, NonNullType b) => schema.IsSubType(p.OfType, b.OfType),
        (NonNullType, _) => false,
        (_, NonNullType b) => schema.IsSubType(super, b.OfType),
        (ListType p, ListType b) => schema.IsSubType(p.OfType, b.OfType),
        (CompositeType p, CompositeType b) => schema.IsSubType(p, b),
        _ => false,
    };
}

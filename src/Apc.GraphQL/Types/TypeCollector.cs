namespace Apc.GraphQL.Types;

/// <summary>Finds every named type of a schema, in the order in which they are met.</summary>
internal static class TypeCollector
{
    public static IEnumerable<NamedType> Collect(Schema schema, IEnumerable<NamedType> further)
    {
        var found = new HashSet<NamedType>();
        var ordered = new List<NamedType>();

        void Visit(NamedType? type)
        {
            if (type is null || !found.Add(type))
            {
                return;
            }

            ordered.Add(type);

            foreach (var next in ReferencesOf(type))
            {
                Visit(next);
            }
        }

        Visit(schema.QueryType);
        Visit(schema.MutationType);
        Visit(schema.SubscriptionType);

        foreach (var type in further)
        {
            Visit(type);
        }

        foreach (var argument in schema.Directives.Values.SelectMany(d => d.Arguments))
        {
            Visit(argument.Type.Named);
        }

        return ordered;
    }

    private static IEnumerable<NamedType> ReferencesOf(NamedType type) => type switch
    {
        UnionType union => union.Types,
        FieldedType fielded => [.. fielded.Interfaces, .. fielded.Fields.Values.SelectMany(ReferencesOf)],
        InputObjectType input => input.Fields.Values.Select(f => f.Type.Named),
        _ => [],
    };

    private static IEnumerable<NamedType> ReferencesOf(FieldDefinition field)
        => [.. field.Arguments.Select(a => a.Type.Named), field.Type.Named];
}

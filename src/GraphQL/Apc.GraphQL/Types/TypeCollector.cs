namespace Apc.GraphQL.Types;

/// <summary>
/// Finds every named type of a schema. Listed types keep the order of the list; a type that is not listed follows the first type that
/// refers to it. The types of introspection come last.
/// </summary>
internal static class TypeCollector
{
    public static IEnumerable<NamedType> Collect(Schema schema, IReadOnlyCollection<NamedType> listed, NamedType introspection)
    {
        var waiting = new HashSet<NamedType>(listed);
        var found = new HashSet<NamedType>();
        var ordered = new List<NamedType>();

        void Visit(NamedType? type)
        {
            if (type is null || waiting.Contains(type) || !found.Add(type))
            {
                return;
            }

            ordered.Add(type);

            foreach (var next in ReferencesOf(type))
            {
                Visit(next);
            }
        }

        foreach (var type in listed)
        {
            waiting.Remove(type);
            Visit(type);
        }

        Visit(schema.QueryType);
        Visit(schema.MutationType);
        Visit(schema.SubscriptionType);

        foreach (var argument in schema.Directives.Values.SelectMany(d => d.Arguments))
        {
            Visit(argument.Type.Named);
        }

        Visit(introspection);
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
        => [field.Type.Named, .. field.Arguments.Select(a => a.Type.Named)];
}

using Apc.GraphQL.Types.Resolvers;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.Types.Introspection;

/// <summary>The fields that every schema has implicitly.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Introspection</remarks>
internal sealed class MetaFields
{
    public MetaFields(Schema schema)
    {
        var types = new IntrospectionTypes(schema);
        Types = types.All;

        Schema = new FieldDefinition("__schema", new NonNullType(types.Schema))
        {
            Description = "What this service offers.",
            Resolver = new DelegateResolver(_ => ValueTask.FromResult<object?>(schema)),
        };

        Type = new FieldDefinition("__type", types.Type)
        {
            Description = "The type of this name, or null.",
            Arguments = [new("name", new NonNullType(BuiltInScalars.String))],
            Resolver = new DelegateResolver(context => ValueTask.FromResult<object?>(schema.FindType((string)context.Arguments[0]!))),
        };
    }

    /// <summary>
    /// <c>__typename</c>, a field of every composite type. It has no resolver: only the executor knows the object's type.
    /// </summary>
    public static FieldDefinition TypeName { get; } = new("__typename", new NonNullType(BuiltInScalars.String))
    {
        Description = "The name of the object's type.",
    };

    /// <summary>The types behind the fields.</summary>
    public IReadOnlySet<NamedType> Types { get; }

    /// <summary><c>__schema</c>, a field of the query root.</summary>
    public FieldDefinition Schema { get; }

    /// <summary><c>__type(name:)</c>, a field of the query root.</summary>
    public FieldDefinition Type { get; }
}

using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types.Resolvers;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.Types.Introspection;

/// <summary>Makes the fields of the introspection types.</summary>
internal static class IntrospectionFields
{
    public static FieldDefinition Pure<TParent, TValue>(
        string name, GraphQLType type, Func<TParent, TValue> getter, string? description = null)
        where TParent : notnull
        => new(name, type) { Description = description, Resolver = new PureResolver<TParent, TValue>(getter) };

    public static FieldDefinition Name<TParent>(Func<TParent, string> getter)
        where TParent : notnull
        => Pure("name", new NonNullType(BuiltInScalars.String), getter);

    public static FieldDefinition Text<TParent>(string name, Func<TParent, string?> getter, string? description = null)
        where TParent : notnull
        => Pure(name, BuiltInScalars.String, getter, description);

    public static IEnumerable<FieldDefinition> Deprecation<TParent>(Func<TParent, string?> reasonOf)
        where TParent : notnull
        =>
        [
            Pure<TParent, bool>("isDeprecated", new NonNullType(BuiltInScalars.Boolean), parent => reasonOf(parent) is not null),
            Text("deprecationReason", reasonOf),
        ];

    /// <summary>A list without deprecated elements, unless the argument <c>includeDeprecated</c> is true.</summary>
    public static FieldDefinition WithoutDeprecated<TParent, TElement>(
        string name,
        GraphQLType type,
        Func<TParent, IEnumerable<TElement>?> elementsOf,
        Func<TElement, string?> reasonOf,
        string? description = null)
        => new(name, type)
        {
            Description = description,
            Arguments = [new("includeDeprecated", BuiltInScalars.Boolean) { DefaultValue = new BooleanValueNode(false, default) }],
            Resolver = new DelegateResolver(context =>
            {
                var elements = elementsOf((TParent)context.Parent!);
                return ValueTask.FromResult<object?>(
                    context.Arguments[0] is true ? elements : elements?.Where(e => reasonOf(e) is null).ToList());
            }),
        };

    public static GraphQLType ListOf(GraphQLType elementType, bool required = false)
    {
        var list = new ListType(new NonNullType(elementType));
        return required ? new NonNullType(list) : list;
    }

    public static string? DefaultOf(InputValueDefinition value)
        => value.DefaultValue is { } literal ? SyntaxPrinter.Print(literal) : null;
}

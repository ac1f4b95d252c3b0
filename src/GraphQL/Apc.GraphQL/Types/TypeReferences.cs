using System.Diagnostics.CodeAnalysis;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Types;

/// <summary>Turns the type references of documents into types.</summary>
internal static class TypeReferences
{
    /// <summary>The type of a reference, with its named type from <paramref name="find"/>.</summary>
    public static GraphQLType Resolve(TypeNode reference, Func<string, NamedType> find) => reference switch
    {
        ListTypeNode list => new ListType(Resolve(list.Type, find)),
        NonNullTypeNode nonNull => new NonNullType(Resolve(nonNull.Type, find)),
        _ => find(((NamedTypeNode)reference).Name.Value),
    };

    /// <summary>The type of a reference; false if the schema does not have its named type.</summary>
    public static bool TryResolve(this Schema schema, TypeNode reference, [NotNullWhen(true)] out GraphQLType? type)
    {
        type = schema.FindType(NameOf(reference)) is { } named ? Resolve(reference, _ => named) : null;
        return type is not null;
    }

    /// <summary>The name without lists and non-nulls.</summary>
    public static string NameOf(TypeNode reference) => reference switch
    {
        ListTypeNode list => NameOf(list.Type),
        NonNullTypeNode nonNull => NameOf(nonNull.Type),
        _ => ((NamedTypeNode)reference).Name.Value,
    };
}

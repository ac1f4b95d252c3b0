using System.Diagnostics.CodeAnalysis;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Types;

/// <summary>Turns type references, as they stand in documents, into types.</summary>
internal static class TypeReferences
{
    /// <summary>The type that is meant; null where <paramref name="find"/> does not know its name.</summary>
    public static GraphQLType Resolve(TypeNode reference, Func<string, NamedType> find) => reference switch
    {
        ListTypeNode list => new ListType(Resolve(list.Type, find)),
        NonNullTypeNode nonNull => new NonNullType(Resolve(nonNull.Type, find)),
        _ => find(((NamedTypeNode)reference).Name.Value),
    };

    /// <summary>The type that is meant; false where the schema does not know its name.</summary>
    public static bool TryResolve(this Schema schema, TypeNode reference, [NotNullWhen(true)] out GraphQLType? type)
    {
        type = schema.FindType(NameOf(reference)) is { } named ? Resolve(reference, _ => named) : null;
        return type is not null;
    }

    /// <summary>The name inside all lists and non-nulls.</summary>
    public static string NameOf(TypeNode reference) => reference switch
    {
        ListTypeNode list => NameOf(list.Type),
        NonNullTypeNode nonNull => NameOf(nonNull.Type),
        _ => ((NamedTypeNode)reference).Name.Value,
    };
}

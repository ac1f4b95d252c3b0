using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation;

/// <summary>What a document's names mean in a schema.</summary>
internal static class SchemaLookups
{
    /// <summary>The type that operations of this kind select from; null where the schema has none.</summary>
    public static ObjectType? RootType(this Schema schema, OperationType operation) => operation switch
    {
        OperationType.Query => schema.QueryType,
        OperationType.Mutation => schema.MutationType,
        _ => schema.SubscriptionType,
    };

    /// <summary>The type that is referred to; null where the schema has no type of that name.</summary>
    public static GraphQLType? TypeOf(this Schema schema, TypeNode type) => schema.TryResolve(type, out var found) ? found : null;

    /// <summary>The field of an object or interface, introspection left out; null for a union, and where the type is unknown or has none.</summary>
    public static FieldDefinition? FindOwnField(this CompositeType? type, string name)
        => type is FieldedType fielded && fielded.Fields.TryGetValue(name, out var field) ? field : null;

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

using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation;

/// <summary>Finds the elements of a schema that a document refers to.</summary>
internal static class SchemaLookups
{
    /// <summary>The type of a reference; null if the schema has no type of that name.</summary>
    public static GraphQLType? TypeOf(this Schema schema, TypeNode type) => schema.TryResolve(type, out var found) ? found : null;

    /// <summary>
    /// The field of an object or interface, without those of introspection; null for a union or an unknown type, or if there is no such
    /// field.
    /// </summary>
    public static FieldDefinition? FindOwnField(this CompositeType? type, string name)
        => type is FieldedType fielded && fielded.Fields.TryGetValue(name, out var field) ? field : null;

    /// <summary>True if both types have a possible type in common.</summary>
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

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
    public static GraphQLType? TypeOf(this Schema schema, TypeNode type) => type switch
    {
        NamedTypeNode named => schema.FindType(named.Name.Value),
        ListTypeNode list => schema.TypeOf(list.Type) is { } element ? new ListType(element) : null,
        NonNullTypeNode nonNull => schema.TypeOf(nonNull.Type) is { } nullable ? new NonNullType(nullable) : null,
        _ => null,
    };

    /// <summary>The field of this name, those of introspection included; null where the type has none.</summary>
    public static FieldDefinition? FindField(this Schema schema, CompositeType type, string name)
        => type is FieldedType fielded && fielded.Fields.TryGetValue(name, out var field) ? field : schema.FindMetaField(type, name);

    // TODO introspection
    private static FieldDefinition? FindMetaField(this Schema schema, CompositeType type, string name) => null;

    /// <summary>The fields of an object or interface; null for a union and where the type is unknown.</summary>
    public static FieldDefinition? FindOwnField(this CompositeType? type, string name)
        => type is FieldedType fielded && fielded.Fields.TryGetValue(name, out var field) ? field : null;
}

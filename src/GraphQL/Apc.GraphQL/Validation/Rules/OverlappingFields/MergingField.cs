using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation.Rules.OverlappingFields;

/// <summary>A field and the type on which it is selected; null for a type that the schema does not have.</summary>
internal readonly record struct MergingField(FieldNode Node, CompositeType? ParentType)
{
    /// <summary>Null also for the fields of introspection: graphql-js does not compare their types.</summary>
    public FieldDefinition? Definition => ParentType.FindOwnField(Node.Name.Value);

    /// <summary>The type on which the field's selection set selects.</summary>
    public CompositeType? SelectedTypeIn(Schema schema)
        => ParentType is null ? null : schema.FindField(ParentType, Node.Name.Value)?.Type.Named as CompositeType;
}

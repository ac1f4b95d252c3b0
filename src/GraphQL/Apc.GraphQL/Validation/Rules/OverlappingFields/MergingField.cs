using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation.Rules.OverlappingFields;

/// <summary>A field and the type it is selected from; null for a type that the schema does not know.</summary>
internal readonly record struct MergingField(FieldNode Node, CompositeType? ParentType)
{
    /// <summary>Null also for the fields of introspection: the reference does not compare their types.</summary>
    public FieldDefinition? Definition => ParentType.FindOwnField(Node.Name.Value);

    /// <summary>The type that the field's selection set selects from.</summary>
    public CompositeType? SelectedTypeIn(Schema schema)
        => ParentType is null ? null : schema.FindField(ParentType, Node.Name.Value)?.Type.Named as CompositeType;
}

namespace Apc.GraphQL.Language.Ast;

/// <summary>A node of a document. Nodes are immutable and equal only to themselves.</summary>
public abstract class SyntaxNode(Location location)
{
    /// <summary>The range in the document's source.</summary>
    public Location Location { get; } = location;

    /// <summary>The kind of this node, for dispatch without type tests.</summary>
    public abstract SyntaxKind Kind { get; }
}

/// <summary>The kinds of nodes, named as in graphql-js.</summary>
public enum SyntaxKind
{
    /// <summary>A name.</summary>
    Name,

    /// <summary>A whole document.</summary>
    Document,

    /// <summary>A query, mutation or subscription.</summary>
    OperationDefinition,

    /// <summary>A variable's declaration.</summary>
    VariableDefinition,

    /// <summary>A set of selections in braces.</summary>
    SelectionSet,

    /// <summary>A field selection.</summary>
    Field,

    /// <summary>An argument of a field or directive.</summary>
    Argument,

    /// <summary>A <c>...Name</c> selection.</summary>
    FragmentSpread,

    /// <summary>A <c>... on T { }</c> selection.</summary>
    InlineFragment,

    /// <summary>A fragment's definition.</summary>
    FragmentDefinition,

    /// <summary>A use of a variable.</summary>
    Variable,

    /// <summary>An integer literal.</summary>
    IntValue,

    /// <summary>A decimal literal.</summary>
    FloatValue,

    /// <summary>A string or block string literal.</summary>
    StringValue,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    BooleanValue,

    /// <summary><c>null</c>.</summary>
    NullValue,

    /// <summary>An enum value.</summary>
    EnumValue,

    /// <summary>A list literal.</summary>
    ListValue,

    /// <summary>An object literal.</summary>
    ObjectValue,

    /// <summary>A field of an object literal.</summary>
    ObjectField,

    /// <summary>A use of a directive.</summary>
    Directive,

    /// <summary>A reference to a named type.</summary>
    NamedType,

    /// <summary>A list type reference.</summary>
    ListType,

    /// <summary>A non-null type reference.</summary>
    NonNullType,

    /// <summary>A <c>schema</c> definition.</summary>
    SchemaDefinition,

    /// <summary>A root operation type in a schema definition.</summary>
    OperationTypeDefinition,

    /// <summary>A scalar's definition.</summary>
    ScalarTypeDefinition,

    /// <summary>An object type's definition.</summary>
    ObjectTypeDefinition,

    /// <summary>A field's definition.</summary>
    FieldDefinition,

    /// <summary>An argument's or input field's definition.</summary>
    InputValueDefinition,

    /// <summary>An interface's definition.</summary>
    InterfaceTypeDefinition,

    /// <summary>A union's definition.</summary>
    UnionTypeDefinition,

    /// <summary>An enum's definition.</summary>
    EnumTypeDefinition,

    /// <summary>An enum value's definition.</summary>
    EnumValueDefinition,

    /// <summary>An input object's definition.</summary>
    InputObjectTypeDefinition,

    /// <summary>A directive's definition.</summary>
    DirectiveDefinition,

    /// <summary>An <c>extend schema</c>.</summary>
    SchemaExtension,

    /// <summary>An <c>extend scalar</c>.</summary>
    ScalarTypeExtension,

    /// <summary>An <c>extend type</c>.</summary>
    ObjectTypeExtension,

    /// <summary>An <c>extend interface</c>.</summary>
    InterfaceTypeExtension,

    /// <summary>An <c>extend union</c>.</summary>
    UnionTypeExtension,

    /// <summary>An <c>extend enum</c>.</summary>
    EnumTypeExtension,

    /// <summary>An <c>extend input</c>.</summary>
    InputObjectTypeExtension,
}

namespace Apc.GraphQL.Language.Ast;

/// <summary>
/// TypeDefinition : ScalarTypeDefinition | ObjectTypeDefinition | InterfaceTypeDefinition | UnionTypeDefinition | EnumTypeDefinition
///     | InputObjectTypeDefinition
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Types</remarks>
public abstract class TypeDefinitionNode(
    StringValueNode? description, NameNode name, IReadOnlyList<DirectiveNode> directives, Location location)
    : TypeSystemDefinitionNode(description, location)
{
    /// <summary>The type's name.</summary>
    public NameNode Name { get; } = name;

    /// <summary>Empty if there are none.</summary>
    public IReadOnlyList<DirectiveNode> Directives { get; } = directives;
}

/// <summary>ScalarTypeDefinition : Description? scalar Name Directives[Const]?</summary>
public sealed class ScalarTypeDefinitionNode(
    StringValueNode? description, NameNode name, IReadOnlyList<DirectiveNode> directives, Location location)
    : TypeDefinitionNode(description, name, directives, location)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ScalarTypeDefinition;
}

/// <summary>ObjectTypeDefinition : Description? type Name ImplementsInterfaces? Directives[Const]? FieldsDefinition?</summary>
public sealed class ObjectTypeDefinitionNode(
    StringValueNode? description,
    NameNode name,
    IReadOnlyList<NamedTypeNode> interfaces,
    IReadOnlyList<DirectiveNode> directives,
    IReadOnlyList<FieldDefinitionNode> fields,
    Location location) : TypeDefinitionNode(description, name, directives, location)
{
    /// <summary>The interfaces that the type declares to implement; empty if there are none.</summary>
    public IReadOnlyList<NamedTypeNode> Interfaces { get; } = interfaces;

    /// <summary>Empty if the definition has no braces.</summary>
    public IReadOnlyList<FieldDefinitionNode> Fields { get; } = fields;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ObjectTypeDefinition;
}

/// <summary>InterfaceTypeDefinition : Description? interface Name ImplementsInterfaces? Directives[Const]? FieldsDefinition?</summary>
public sealed class InterfaceTypeDefinitionNode(
    StringValueNode? description,
    NameNode name,
    IReadOnlyList<NamedTypeNode> interfaces,
    IReadOnlyList<DirectiveNode> directives,
    IReadOnlyList<FieldDefinitionNode> fields,
    Location location) : TypeDefinitionNode(description, name, directives, location)
{
    /// <summary>The interfaces that the interface declares to implement; empty if there are none.</summary>
    public IReadOnlyList<NamedTypeNode> Interfaces { get; } = interfaces;

    /// <summary>Empty if the definition has no braces.</summary>
    public IReadOnlyList<FieldDefinitionNode> Fields { get; } = fields;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.InterfaceTypeDefinition;
}

/// <summary>UnionTypeDefinition : Description? union Name Directives[Const]? UnionMemberTypes?</summary>
public sealed class UnionTypeDefinitionNode(
    StringValueNode? description,
    NameNode name,
    IReadOnlyList<DirectiveNode> directives,
    IReadOnlyList<NamedTypeNode> types,
    Location location) : TypeDefinitionNode(description, name, directives, location)
{
    /// <summary>The member types; empty if none are given.</summary>
    public IReadOnlyList<NamedTypeNode> Types { get; } = types;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.UnionTypeDefinition;
}

/// <summary>EnumTypeDefinition : Description? enum Name Directives[Const]? EnumValuesDefinition?</summary>
public sealed class EnumTypeDefinitionNode(
    StringValueNode? description,
    NameNode name,
    IReadOnlyList<DirectiveNode> directives,
    IReadOnlyList<EnumValueDefinitionNode> values,
    Location location) : TypeDefinitionNode(description, name, directives, location)
{
    /// <summary>Empty if the definition has no braces.</summary>
    public IReadOnlyList<EnumValueDefinitionNode> Values { get; } = values;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.EnumTypeDefinition;
}

/// <summary>InputObjectTypeDefinition : Description? input Name Directives[Const]? InputFieldsDefinition?</summary>
public sealed class InputObjectTypeDefinitionNode(
    StringValueNode? description,
    NameNode name,
    IReadOnlyList<DirectiveNode> directives,
    IReadOnlyList<InputValueDefinitionNode> fields,
    Location location) : TypeDefinitionNode(description, name, directives, location)
{
    /// <summary>Empty if the definition has no braces.</summary>
    public IReadOnlyList<InputValueDefinitionNode> Fields { get; } = fields;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.InputObjectTypeDefinition;
}

/// <summary>FieldDefinition : Description? Name ArgumentsDefinition? : Type Directives[Const]?</summary>
public sealed class FieldDefinitionNode(
    StringValueNode? description,
    NameNode name,
    IReadOnlyList<InputValueDefinitionNode> arguments,
    TypeNode type,
    IReadOnlyList<DirectiveNode> directives,
    Location location) : SyntaxNode(location)
{
    /// <summary>Null if there is none.</summary>
    public StringValueNode? Description { get; } = description;

    /// <summary>The field's name.</summary>
    public NameNode Name { get; } = name;

    /// <summary>Empty if there are none.</summary>
    public IReadOnlyList<InputValueDefinitionNode> Arguments { get; } = arguments;

    /// <summary>The type of the field's value.</summary>
    public TypeNode Type { get; } = type;

    /// <summary>Empty if there are none.</summary>
    public IReadOnlyList<DirectiveNode> Directives { get; } = directives;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.FieldDefinition;
}

/// <summary>InputValueDefinition : Description? Name : Type DefaultValue? Directives[Const]? – an argument or an input field.</summary>
public sealed class InputValueDefinitionNode(
    StringValueNode? description,
    NameNode name,
    TypeNode type,
    ValueNode? defaultValue,
    IReadOnlyList<DirectiveNode> directives,
    Location location) : SyntaxNode(location)
{
    /// <summary>Null if there is none.</summary>
    public StringValueNode? Description { get; } = description;

    /// <summary>The name of the argument or input field.</summary>
    public NameNode Name { get; } = name;

    /// <summary>Its type.</summary>
    public TypeNode Type { get; } = type;

    /// <summary>Null if there is none; a literal <c>null</c> is a <see cref="NullValueNode"/>.</summary>
    public ValueNode? DefaultValue { get; } = defaultValue;

    /// <summary>Empty if there are none.</summary>
    public IReadOnlyList<DirectiveNode> Directives { get; } = directives;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.InputValueDefinition;
}

/// <summary>EnumValueDefinition : Description? EnumValue Directives[Const]?</summary>
public sealed class EnumValueDefinitionNode(
    StringValueNode? description, NameNode name, IReadOnlyList<DirectiveNode> directives, Location location) : SyntaxNode(location)
{
    /// <summary>Null if there is none.</summary>
    public StringValueNode? Description { get; } = description;

    /// <summary>Never <c>true</c>, <c>false</c> or <c>null</c>.</summary>
    public NameNode Name { get; } = name;

    /// <summary>Empty if there are none.</summary>
    public IReadOnlyList<DirectiveNode> Directives { get; } = directives;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.EnumValueDefinition;
}

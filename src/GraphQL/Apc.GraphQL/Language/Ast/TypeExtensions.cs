namespace Apc.GraphQL.Language.Ast;

/// <summary>TypeSystemExtension : SchemaExtension | TypeExtension</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Type-System-Extensions</remarks>
public abstract class TypeSystemExtensionNode(IReadOnlyList<DirectiveNode> directives, Location location) : DefinitionNode(location)
{
    /// <summary>The directives that are added; may be empty.</summary>
    public IReadOnlyList<DirectiveNode> Directives { get; } = directives;
}

/// <summary>SchemaExtension : extend schema Directives[Const]? { RootOperationTypeDefinition+ } | extend schema Directives[Const]</summary>
public sealed class SchemaExtensionNode(
    IReadOnlyList<DirectiveNode> directives, IReadOnlyList<OperationTypeDefinitionNode> operationTypes, Location location)
    : TypeSystemExtensionNode(directives, location)
{
    /// <summary>The root operation types that are added; may be empty.</summary>
    public IReadOnlyList<OperationTypeDefinitionNode> OperationTypes { get; } = operationTypes;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.SchemaExtension;
}

/// <summary>
/// TypeExtension : ScalarTypeExtension | ObjectTypeExtension | InterfaceTypeExtension | UnionTypeExtension | EnumTypeExtension
///     | InputObjectTypeExtension. Each adds something: not all its lists are empty.
/// </summary>
public abstract class TypeExtensionNode(NameNode name, IReadOnlyList<DirectiveNode> directives, Location location)
    : TypeSystemExtensionNode(directives, location)
{
    /// <summary>The name of the type that is extended.</summary>
    public NameNode Name { get; } = name;
}

/// <summary>ScalarTypeExtension : extend scalar Name Directives[Const]</summary>
public sealed class ScalarTypeExtensionNode(NameNode name, IReadOnlyList<DirectiveNode> directives, Location location)
    : TypeExtensionNode(name, directives, location)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ScalarTypeExtension;
}

/// <summary>ObjectTypeExtension : extend type Name ImplementsInterfaces? Directives[Const]? FieldsDefinition?</summary>
public sealed class ObjectTypeExtensionNode(
    NameNode name,
    IReadOnlyList<NamedTypeNode> interfaces,
    IReadOnlyList<DirectiveNode> directives,
    IReadOnlyList<FieldDefinitionNode> fields,
    Location location) : TypeExtensionNode(name, directives, location)
{
    /// <summary>The interfaces that are added; may be empty.</summary>
    public IReadOnlyList<NamedTypeNode> Interfaces { get; } = interfaces;

    /// <summary>The fields that are added; may be empty.</summary>
    public IReadOnlyList<FieldDefinitionNode> Fields { get; } = fields;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ObjectTypeExtension;
}

/// <summary>InterfaceTypeExtension : extend interface Name ImplementsInterfaces? Directives[Const]? FieldsDefinition?</summary>
public sealed class InterfaceTypeExtensionNode(
    NameNode name,
    IReadOnlyList<NamedTypeNode> interfaces,
    IReadOnlyList<DirectiveNode> directives,
    IReadOnlyList<FieldDefinitionNode> fields,
    Location location) : TypeExtensionNode(name, directives, location)
{
    /// <summary>The interfaces that are added; may be empty.</summary>
    public IReadOnlyList<NamedTypeNode> Interfaces { get; } = interfaces;

    /// <summary>The fields that are added; may be empty.</summary>
    public IReadOnlyList<FieldDefinitionNode> Fields { get; } = fields;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.InterfaceTypeExtension;
}

/// <summary>UnionTypeExtension : extend union Name Directives[Const]? UnionMemberTypes?</summary>
public sealed class UnionTypeExtensionNode(
    NameNode name, IReadOnlyList<DirectiveNode> directives, IReadOnlyList<NamedTypeNode> types, Location location)
    : TypeExtensionNode(name, directives, location)
{
    /// <summary>The member types that are added; may be empty.</summary>
    public IReadOnlyList<NamedTypeNode> Types { get; } = types;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.UnionTypeExtension;
}

/// <summary>EnumTypeExtension : extend enum Name Directives[Const]? EnumValuesDefinition?</summary>
public sealed class EnumTypeExtensionNode(
    NameNode name, IReadOnlyList<DirectiveNode> directives, IReadOnlyList<EnumValueDefinitionNode> values, Location location)
    : TypeExtensionNode(name, directives, location)
{
    /// <summary>The values that are added; may be empty.</summary>
    public IReadOnlyList<EnumValueDefinitionNode> Values { get; } = values;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.EnumTypeExtension;
}

/// <summary>InputObjectTypeExtension : extend input Name Directives[Const]? InputFieldsDefinition?</summary>
public sealed class InputObjectTypeExtensionNode(
    NameNode name, IReadOnlyList<DirectiveNode> directives, IReadOnlyList<InputValueDefinitionNode> fields, Location location)
    : TypeExtensionNode(name, directives, location)
{
    /// <summary>The input fields that are added; may be empty.</summary>
    public IReadOnlyList<InputValueDefinitionNode> Fields { get; } = fields;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.InputObjectTypeExtension;
}

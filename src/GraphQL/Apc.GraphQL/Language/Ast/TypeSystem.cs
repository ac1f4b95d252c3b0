namespace Apc.GraphQL.Language.Ast;

/// <summary>TypeSystemDefinition : SchemaDefinition | TypeDefinition | DirectiveDefinition</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Type-System</remarks>
public abstract class TypeSystemDefinitionNode(StringValueNode? description, Location location) : DefinitionNode(location)
{
    /// <summary>Null if there is none.</summary>
    public StringValueNode? Description { get; } = description;
}

/// <summary>SchemaDefinition : Description? schema Directives[Const]? { RootOperationTypeDefinition+ }</summary>
public sealed class SchemaDefinitionNode(
    StringValueNode? description,
    IReadOnlyList<DirectiveNode> directives,
    IReadOnlyList<OperationTypeDefinitionNode> operationTypes,
    Location location) : TypeSystemDefinitionNode(description, location)
{
    /// <summary>Empty if there are none.</summary>
    public IReadOnlyList<DirectiveNode> Directives { get; } = directives;

    /// <summary>The root operation types; at least one.</summary>
    public IReadOnlyList<OperationTypeDefinitionNode> OperationTypes { get; } = operationTypes;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.SchemaDefinition;
}

/// <summary>RootOperationTypeDefinition : OperationType : NamedType</summary>
public sealed class OperationTypeDefinitionNode(OperationType operation, NamedTypeNode type, Location location) : SyntaxNode(location)
{
    /// <summary>The kind of operations that start at the type.</summary>
    public OperationType Operation { get; } = operation;

    /// <summary>The root type.</summary>
    public NamedTypeNode Type { get; } = type;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.OperationTypeDefinition;
}

/// <summary>DirectiveDefinition : Description? directive @ Name ArgumentsDefinition? `repeatable`? on DirectiveLocations</summary>
public sealed class DirectiveDefinitionNode(
    StringValueNode? description,
    NameNode name,
    IReadOnlyList<InputValueDefinitionNode> arguments,
    bool isRepeatable,
    IReadOnlyList<NameNode> locations,
    Location location) : TypeSystemDefinitionNode(description, location)
{
    /// <summary>The name without the at sign.</summary>
    public NameNode Name { get; } = name;

    /// <summary>Empty if there are none.</summary>
    public IReadOnlyList<InputValueDefinitionNode> Arguments { get; } = arguments;

    /// <summary>True if the directive may be used more than once at one location.</summary>
    public bool IsRepeatable { get; } = isRepeatable;

    /// <summary>
    /// The locations where the directive may be used, such as <c>FIELD</c>; at least one, each known to the specification.
    /// </summary>
    public IReadOnlyList<NameNode> Locations { get; } = locations;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.DirectiveDefinition;
}

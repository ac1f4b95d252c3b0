namespace Apc.GraphQL.Language.Ast;

/// <summary>Document : Definition+</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Document</remarks>
public sealed class DocumentNode(Source source, IReadOnlyList<DefinitionNode> definitions, Location location) : SyntaxNode(location)
{
    /// <summary>The text that was parsed; the locations of all nodes refer to it.</summary>
    public Source Source { get; } = source;

    /// <summary>Operations, fragments and type-system definitions in the order of the text.</summary>
    public IReadOnlyList<DefinitionNode> Definitions { get; } = definitions;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.Document;
}

/// <summary>A definition at the top of a document.</summary>
public abstract class DefinitionNode(Location location) : SyntaxNode(location);

/// <summary>A definition that can be executed: an operation or a fragment.</summary>
public abstract class ExecutableDefinitionNode(Location location) : DefinitionNode(location);

/// <summary>The three kinds of operations.</summary>
public enum OperationType
{
    /// <summary>A read; its root fields are resolved concurrently.</summary>
    Query,

    /// <summary>A write followed by a read; its root fields run one after the other.</summary>
    Mutation,

    /// <summary>A long-lived request whose result is a stream of responses.</summary>
    Subscription,
}

/// <summary>OperationDefinition : Description? OperationType Name? VariableDefinitions? Directives? SelectionSet | SelectionSet</summary>
public sealed class OperationDefinitionNode(
    OperationType operation,
    NameNode? name,
    IReadOnlyList<VariableDefinitionNode> variableDefinitions,
    IReadOnlyList<DirectiveNode> directives,
    SelectionSetNode selectionSet,
    Location location) : ExecutableDefinitionNode(location)
{
    /// <summary>Null if there is none.</summary>
    public StringValueNode? Description { get; init; }

    /// <summary>Query for the short form, which is only a selection set.</summary>
    public OperationType Operation { get; } = operation;

    /// <summary>Null for an anonymous operation.</summary>
    public NameNode? Name { get; } = name;

    /// <summary>Empty if none are declared.</summary>
    public IReadOnlyList<VariableDefinitionNode> VariableDefinitions { get; } = variableDefinitions;

    /// <summary>Empty if there are none.</summary>
    public IReadOnlyList<DirectiveNode> Directives { get; } = directives;

    /// <summary>The selection on the root type.</summary>
    public SelectionSetNode SelectionSet { get; } = selectionSet;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.OperationDefinition;
}

/// <summary>VariableDefinition : Description? Variable : Type DefaultValue? Directives[Const]?</summary>
public sealed class VariableDefinitionNode(
    VariableNode variable, TypeNode type, ValueNode? defaultValue, IReadOnlyList<DirectiveNode> directives, Location location)
    : SyntaxNode(location)
{
    /// <summary>Null if there is none.</summary>
    public StringValueNode? Description { get; init; }

    /// <summary>The variable that is declared.</summary>
    public VariableNode Variable { get; } = variable;

    /// <summary>Its type.</summary>
    public TypeNode Type { get; } = type;

    /// <summary>Null if the declaration has none; a literal <c>null</c> is a <see cref="NullValueNode"/>.</summary>
    public ValueNode? DefaultValue { get; } = defaultValue;

    /// <summary>Empty if there are none.</summary>
    public IReadOnlyList<DirectiveNode> Directives { get; } = directives;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.VariableDefinition;
}

/// <summary>FragmentDefinition : Description? fragment FragmentName TypeCondition Directives? SelectionSet</summary>
public sealed class FragmentDefinitionNode(
    NameNode name,
    NamedTypeNode typeCondition,
    IReadOnlyList<DirectiveNode> directives,
    SelectionSetNode selectionSet,
    Location location) : ExecutableDefinitionNode(location)
{
    /// <summary>Null if there is none.</summary>
    public StringValueNode? Description { get; init; }

    /// <summary>Never <c>on</c>.</summary>
    public NameNode Name { get; } = name;

    /// <summary>The type whose fields the fragment selects.</summary>
    public NamedTypeNode TypeCondition { get; } = typeCondition;

    /// <summary>Empty if there are none.</summary>
    public IReadOnlyList<DirectiveNode> Directives { get; } = directives;

    /// <summary>The selection on <see cref="TypeCondition"/>.</summary>
    public SelectionSetNode SelectionSet { get; } = selectionSet;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.FragmentDefinition;
}

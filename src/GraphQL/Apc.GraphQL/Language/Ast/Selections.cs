namespace Apc.GraphQL.Language.Ast;

/// <summary>SelectionSet : { Selection+ }</summary>
public sealed class SelectionSetNode(IReadOnlyList<SelectionNode> selections, Location location) : SyntaxNode(location)
{
    /// <summary>At least one.</summary>
    public IReadOnlyList<SelectionNode> Selections { get; } = selections;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.SelectionSet;
}

/// <summary>Selection : Field | FragmentSpread | InlineFragment</summary>
public abstract class SelectionNode(IReadOnlyList<DirectiveNode> directives, Location location) : SyntaxNode(location)
{
    /// <summary>Empty if there are none.</summary>
    public IReadOnlyList<DirectiveNode> Directives { get; } = directives;
}

/// <summary>Field : Alias? Name Arguments? Directives? SelectionSet?</summary>
public sealed class FieldNode(
    NameNode? alias,
    NameNode name,
    IReadOnlyList<ArgumentNode> arguments,
    IReadOnlyList<DirectiveNode> directives,
    SelectionSetNode? selectionSet,
    Location location) : SelectionNode(directives, location)
{
    /// <summary>Null if the member of the response has the field's name.</summary>
    public NameNode? Alias { get; } = alias;

    /// <summary>The field's name in its type.</summary>
    public NameNode Name { get; } = name;

    /// <summary>Empty if there are none.</summary>
    public IReadOnlyList<ArgumentNode> Arguments { get; } = arguments;

    /// <summary>Null if there is none.</summary>
    public SelectionSetNode? SelectionSet { get; } = selectionSet;

    /// <summary>The name of the member in the response: the alias, else the name.</summary>
    public string ResponseName => (Alias ?? Name).Value;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.Field;
}

/// <summary>FragmentSpread : ... FragmentName Directives?</summary>
public sealed class FragmentSpreadNode(NameNode name, IReadOnlyList<DirectiveNode> directives, Location location)
    : SelectionNode(directives, location)
{
    /// <summary>The fragment's name; never <c>on</c>.</summary>
    public NameNode Name { get; } = name;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.FragmentSpread;
}

/// <summary>InlineFragment : ... TypeCondition? Directives? SelectionSet</summary>
public sealed class InlineFragmentNode(
    NamedTypeNode? typeCondition, IReadOnlyList<DirectiveNode> directives, SelectionSetNode selectionSet, Location location)
    : SelectionNode(directives, location)
{
    /// <summary>Null for the enclosing type.</summary>
    public NamedTypeNode? TypeCondition { get; } = typeCondition;

    /// <summary>The selection.</summary>
    public SelectionSetNode SelectionSet { get; } = selectionSet;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.InlineFragment;
}

/// <summary>Argument : Name : Value</summary>
public sealed class ArgumentNode(NameNode name, ValueNode value, Location location) : SyntaxNode(location)
{
    /// <summary>The argument's name.</summary>
    public NameNode Name { get; } = name;

    /// <summary>Its value as written.</summary>
    public ValueNode Value { get; } = value;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.Argument;
}

/// <summary>Directive : @ Name Arguments?</summary>
public sealed class DirectiveNode(NameNode name, IReadOnlyList<ArgumentNode> arguments, Location location) : SyntaxNode(location)
{
    /// <summary>The name without the at sign.</summary>
    public NameNode Name { get; } = name;

    /// <summary>Empty if there are none.</summary>
    public IReadOnlyList<ArgumentNode> Arguments { get; } = arguments;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.Directive;
}

/// <summary>A name with its location.</summary>
public sealed class NameNode(string value, Location location) : SyntaxNode(location)
{
    /// <summary>The name's text.</summary>
    public string Value { get; } = value;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.Name;
}

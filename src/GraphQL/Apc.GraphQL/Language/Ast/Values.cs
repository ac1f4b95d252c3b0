namespace Apc.GraphQL.Language.Ast;

/// <summary>A value as written in a document.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Input-Values</remarks>
public abstract class ValueNode(Location location) : SyntaxNode(location);

/// <summary>Variable : $ Name</summary>
public sealed class VariableNode(NameNode name, Location location) : ValueNode(location)
{
    /// <summary>The name without the dollar sign.</summary>
    public NameNode Name { get; } = name;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.Variable;
}

/// <summary>An integer literal.</summary>
public sealed class IntValueNode(string value, Location location) : ValueNode(location)
{
    /// <summary>The literal as written.</summary>
    public string Value { get; } = value;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.IntValue;
}

/// <summary>A decimal literal.</summary>
public sealed class FloatValueNode(string value, Location location) : ValueNode(location)
{
    /// <summary>The literal as written.</summary>
    public string Value { get; } = value;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.FloatValue;
}

/// <summary>A string literal.</summary>
public sealed class StringValueNode(string value, bool isBlock, Location location) : ValueNode(location)
{
    /// <summary>The value of the literal, with escapes resolved.</summary>
    public string Value { get; } = value;

    /// <summary>True for a literal in three quotation marks.</summary>
    public bool IsBlock { get; } = isBlock;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.StringValue;
}

/// <summary><c>true</c> or <c>false</c>.</summary>
public sealed class BooleanValueNode(bool value, Location location) : ValueNode(location)
{
    /// <summary>The literal's value.</summary>
    public bool Value { get; } = value;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.BooleanValue;
}

/// <summary><c>null</c>.</summary>
public sealed class NullValueNode(Location location) : ValueNode(location)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.NullValue;
}

/// <summary>An enum value by its name.</summary>
public sealed class EnumValueNode(string value, Location location) : ValueNode(location)
{
    /// <summary>Never <c>true</c>, <c>false</c> or <c>null</c>.</summary>
    public string Value { get; } = value;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.EnumValue;
}

/// <summary>ListValue : [ Value* ]</summary>
public sealed class ListValueNode(IReadOnlyList<ValueNode> values, Location location) : ValueNode(location)
{
    /// <summary>The elements; may be empty.</summary>
    public IReadOnlyList<ValueNode> Values { get; } = values;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ListValue;
}

/// <summary>ObjectValue : { ObjectField* }</summary>
public sealed class ObjectValueNode(IReadOnlyList<ObjectFieldNode> fields, Location location) : ValueNode(location)
{
    /// <summary>The members in the order of the text; may be empty.</summary>
    public IReadOnlyList<ObjectFieldNode> Fields { get; } = fields;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ObjectValue;
}

/// <summary>ObjectField : Name : Value</summary>
public sealed class ObjectFieldNode(NameNode name, ValueNode value, Location location) : SyntaxNode(location)
{
    /// <summary>The member's name.</summary>
    public NameNode Name { get; } = name;

    /// <summary>Its value as written.</summary>
    public ValueNode Value { get; } = value;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ObjectField;
}

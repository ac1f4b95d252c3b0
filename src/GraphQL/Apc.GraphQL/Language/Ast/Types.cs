namespace Apc.GraphQL.Language.Ast;

/// <summary>Type : NamedType | ListType | NonNullType</summary>
public abstract class TypeNode(Location location) : SyntaxNode(location);

/// <summary>A reference to a type by its name.</summary>
public sealed class NamedTypeNode(NameNode name, Location location) : TypeNode(location)
{
    /// <summary>The type's name.</summary>
    public NameNode Name { get; } = name;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.NamedType;
}

/// <summary>ListType : [ Type ]</summary>
public sealed class ListTypeNode(TypeNode type, Location location) : TypeNode(location)
{
    /// <summary>The type of the elements.</summary>
    public TypeNode Type { get; } = type;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ListType;
}

/// <summary>NonNullType : NamedType ! | ListType !</summary>
public sealed class NonNullTypeNode(TypeNode type, Location location) : TypeNode(location)
{
    /// <summary>The type without the exclamation mark; never itself non-null.</summary>
    public TypeNode Type { get; } = type;

    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.NonNullType;
}

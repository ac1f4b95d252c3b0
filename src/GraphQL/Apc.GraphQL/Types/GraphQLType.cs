namespace Apc.GraphQL.Types;

/// <summary>A type of a schema: a named type, or a list or non-null of another type.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Types</remarks>
public abstract class GraphQLType
{
    /// <summary>The type without lists and non-nulls.</summary>
    public abstract NamedType Named { get; }

    /// <summary>True if variables, arguments and input fields may have this type.</summary>
    public bool IsInputType => Named is ScalarType or EnumType or InputObjectType;

    /// <summary>True if fields may have this type.</summary>
    public bool IsOutputType => Named is not InputObjectType;

    /// <summary>The type without an outer non-null.</summary>
    public GraphQLType Nullable => this is NonNullType nonNull ? nonNull.OfType : this;
}

/// <summary>A list of another type, written <c>[T]</c>.</summary>
public sealed class ListType(GraphQLType ofType) : GraphQLType
{
    /// <summary>The type of the elements.</summary>
    public GraphQLType OfType { get; } = ofType;

    /// <inheritdoc/>
    public override NamedType Named => OfType.Named;

    /// <inheritdoc/>
    public override string ToString() => $"[{OfType}]";
}

/// <summary>A type whose value is never null, written <c>T!</c>.</summary>
public sealed class NonNullType(GraphQLType ofType) : GraphQLType
{
    /// <summary>The type without the exclamation mark; never itself non-null.</summary>
    public GraphQLType OfType { get; } = ofType is NonNullType
        ? throw new ArgumentException($"{ofType} is non-null already.", nameof(ofType))
        : ofType;

    /// <inheritdoc/>
    public override NamedType Named => OfType.Named;

    /// <inheritdoc/>
    public override string ToString() => $"{OfType}!";
}

/// <summary>A type with a name.</summary>
public abstract class NamedType(string name, string? description) : GraphQLType
{
    /// <summary>Unique in its schema.</summary>
    public string Name { get; } = name;

    /// <summary>Null if there is none.</summary>
    public string? Description => description ?? DescribedBy?.Invoke();

    /// <summary>Finds the description when it is first read; null if it is given or if there is none.</summary>
    internal Func<string?>? DescribedBy { get; init; }

    /// <inheritdoc/>
    public override sealed NamedType Named => this;

    /// <inheritdoc/>
    public override sealed string ToString() => Name;
}

/// <summary>A type that can have a selection: an object, an interface or a union.</summary>
public abstract class CompositeType(string name, string? description) : NamedType(name, description);

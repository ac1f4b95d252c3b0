using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Types;

/// <summary>A field of an object or interface.</summary>
/// <remarks>https://spec.graphql.org/September2025/#FieldDefinition</remarks>
public sealed class FieldDefinition(string name, GraphQLType type)
{
    /// <summary>Unique in its type.</summary>
    public string Name { get; } = name;

    /// <summary>An output type.</summary>
    public GraphQLType Type { get; } = type;

    /// <summary>Null where there is none.</summary>
    public string? Description { get; init; }

    /// <summary>Empty where there are none.</summary>
    public IReadOnlyList<InputValueDefinition> Arguments { get; init; } = [];

    /// <summary>Null for a field that is not deprecated.</summary>
    public string? DeprecationReason { get; init; }

    /// <summary>Where the value comes from; null in a schema that is not executed and for fields of interfaces.</summary>
    public FieldResolver? Resolver { get; init; }

    /// <summary>The argument of this name, or null.</summary>
    public InputValueDefinition? FindArgument(string argumentName)
    {
        foreach (var argument in Arguments)
        {
            if (argument.Name == argumentName)
            {
                return argument;
            }
        }

        return null;
    }
}

/// <summary>An argument of a field or directive, or a field of an input object.</summary>
/// <remarks>https://spec.graphql.org/September2025/#InputValueDefinition</remarks>
public sealed class InputValueDefinition(string name, GraphQLType type)
{
    /// <summary>Unique among its siblings.</summary>
    public string Name { get; } = name;

    /// <summary>An input type.</summary>
    public GraphQLType Type { get; } = type;

    /// <summary>Null where there is none.</summary>
    public string? Description { get; init; }

    /// <summary>The default as written; null where there is none (a default of null is a <c>NullValueNode</c>).</summary>
    public Language.Ast.ValueNode? DefaultValue { get; init; }

    /// <summary>Null where it is not deprecated.</summary>
    public string? DeprecationReason { get; init; }

    /// <summary>Turns the coerced value into what a resolver's parameter wants; null where the coerced value serves as it is. Pure.</summary>
    public Func<object?, object?>? Bind { get; init; }

    /// <summary>True where a value must be given: non-null and without a default.</summary>
    public bool IsRequired => Type is NonNullType && DefaultValue is null;
}

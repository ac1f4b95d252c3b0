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

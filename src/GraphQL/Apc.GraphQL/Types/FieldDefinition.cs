using System.Reflection;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Types;

/// <summary>A field of an object or interface.</summary>
/// <remarks>https://spec.graphql.org/September2025/#FieldDefinition</remarks>
public sealed class FieldDefinition(string name, GraphQLType type)
{
    private FieldResolver? _resolver;

    /// <summary>Unique in its type.</summary>
    public string Name { get; } = name;

    /// <summary>An output type.</summary>
    public GraphQLType Type { get; } = type;

    /// <summary>Null where there is none.</summary>
    public string? Description
    {
        get => field ?? DescribedBy?.Invoke();
        init;
    }

    /// <summary>Finds the description when somebody first asks for it; null where it is given, or where there is none.</summary>
    internal Func<string?>? DescribedBy { get; init; }

    /// <summary>Empty where there are none.</summary>
    public IReadOnlyList<InputValueDefinition> Arguments { get; init; } = [];

    /// <summary>Null for a field that is not deprecated.</summary>
    public string? DeprecationReason { get; init; }

    /// <summary>The method or property that the field was made of, with its attributes; null in a schema that was made otherwise.</summary>
    public MemberInfo? Member { get; init; }

    /// <summary>Time allowed for an operation that selects this root field, where that is longer than its executor's; null for no other time.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Where the value comes from; null in a schema that is not executed and for fields of interfaces.</summary>
    public FieldResolver? Resolver
    {
        get => _resolver;
        init => _resolver = value;
    }

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

    /// <summary>Gives the field its resolver, where that has to know the field. To be called before anybody else sees the field.</summary>
    internal FieldDefinition ResolvedBy(Func<FieldDefinition, FieldResolver> resolver)
    {
        _resolver = resolver(this);
        return this;
    }
}

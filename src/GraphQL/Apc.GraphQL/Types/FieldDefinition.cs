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

    /// <summary>Null if there is none.</summary>
    public string? Description
    {
        get => field ?? DescribedBy?.Invoke();
        init;
    }

    /// <summary>Finds the description when it is first read; null if it is given or if there is none.</summary>
    internal Func<string?>? DescribedBy { get; init; }

    /// <summary>Empty if there are none.</summary>
    public IReadOnlyList<InputValueDefinition> Arguments { get; init; } = [];

    /// <summary>Null for a field that is not deprecated.</summary>
    public string? DeprecationReason { get; init; }

    /// <summary>The method or property behind the field, with its attributes; null if the field was not made from C#.</summary>
    public MemberInfo? Member { get; init; }

    /// <summary>
    /// Time allowed for an operation that selects this root field, if that is longer than the executor's time limit; null for the
    /// executor's.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The source of the value; null for fields of interfaces and in a schema that is not executed.</summary>
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

    /// <summary>Sets a resolver that needs the field itself. Call it before the field is used.</summary>
    internal FieldDefinition ResolvedBy(Func<FieldDefinition, FieldResolver> resolver)
    {
        _resolver = resolver(this);
        return this;
    }
}

using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types.Coercion;

namespace Apc.GraphQL.Types;

/// <summary>An argument of a field or directive, or a field of an input object.</summary>
/// <remarks>https://spec.graphql.org/September2025/#InputValueDefinition</remarks>
public sealed class InputValueDefinition(string name, GraphQLType type)
{
    private CoercedDefault? _default;

    /// <summary>Unique among its siblings.</summary>
    public string Name { get; } = name;

    /// <summary>An input type.</summary>
    public GraphQLType Type { get; } = type;

    /// <summary>Null if there is none.</summary>
    public string? Description
    {
        get => field ?? DescribedBy?.Invoke();
        init;
    }

    /// <summary>Finds the description when it is first read; null if it is given or if there is none.</summary>
    internal Func<string?>? DescribedBy { get; init; }

    /// <summary>The default as written; null if there is none (a default of null is a <c>NullValueNode</c>).</summary>
    public ValueNode? DefaultValue { get; init; }

    /// <summary>Null if it is not deprecated.</summary>
    public string? DeprecationReason { get; init; }

    /// <summary>
    /// For an argument with the number of list elements: the greatest number that the resolver accepts; null for no limit. A greater number
    /// is priced like this one, so that the resolver can refuse it with a message of its own.
    /// </summary>
    public int? MaxElements { get; init; }

    /// <summary>Converts the coerced value for the resolver's parameter; null if no conversion is needed. The function is pure.</summary>
    public Func<object?, object?>? Bind { get; init; }

    /// <summary>True if a value must be given: the type is non-null and there is no default.</summary>
    public bool IsRequired => Type is NonNullType && DefaultValue is null;

    /// <summary>The default as a coerced value, computed once; false if there is none.</summary>
    /// <exception cref="InvalidOperationException">The default is not of the type: the schema was not validated.</exception>
    public bool TryGetDefault(out object? value)
    {
        if (DefaultValue is null)
        {
            value = null;
            return false;
        }

        value = (_default ??= new CoercedDefault(ValueCoercion.FromConstant(DefaultValue, Type))).Value;
        return true;
    }

    private sealed record CoercedDefault(object? Value);
}

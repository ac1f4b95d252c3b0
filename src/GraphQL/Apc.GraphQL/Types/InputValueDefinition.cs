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

    /// <summary>Null where there is none.</summary>
    public string? Description
    {
        get => field ?? DescribedBy?.Invoke();
        init;
    }

    /// <summary>Finds the description when somebody first asks for it; null where it is given, or where there is none.</summary>
    internal Func<string?>? DescribedBy { get; init; }

    /// <summary>The default as written; null where there is none (a default of null is a <c>NullValueNode</c>).</summary>
    public ValueNode? DefaultValue { get; init; }

    /// <summary>Null where it is not deprecated.</summary>
    public string? DeprecationReason { get; init; }

    /// <summary>
    /// Of an argument <c>take</c>: the most elements that the resolver gives; null where it sets no limit. Asking for more is priced like asking for this many, so
    /// that the resolver can say what is allowed.
    /// </summary>
    public int? MaxElements { get; init; }

    /// <summary>Turns the coerced value into what a resolver's parameter wants; null where the coerced value serves as it is. Pure.</summary>
    public Func<object?, object?>? Bind { get; init; }

    /// <summary>True where a value must be given: non-null and without a default.</summary>
    public bool IsRequired => Type is NonNullType && DefaultValue is null;

    /// <summary>The default as a coerced value, computed once; false where there is none.</summary>
    /// <exception cref="InvalidOperationException">The default is none of the type: no validator has passed the schema.</exception>
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

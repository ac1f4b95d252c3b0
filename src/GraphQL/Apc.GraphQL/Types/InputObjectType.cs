namespace Apc.GraphQL.Types;

/// <summary>An input object type.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Input-Objects</remarks>
public sealed class InputObjectType(
    string name, Func<IEnumerable<InputValueDefinition>> fields, string? description = null, bool isOneOf = false, Type? clrType = null)
    : NamedType(name, description)
{
    private readonly Lazy<IReadOnlyDictionary<string, InputValueDefinition>> _fields = new(() => OrderedByName.From(fields(), f => f.Name));

    /// <summary>The fields by name, in the order of definition.</summary>
    public IReadOnlyDictionary<string, InputValueDefinition> Fields => _fields.Value;

    /// <summary>True where exactly one field must be given, and not null.</summary>
    public bool IsOneOf { get; } = isOneOf;

    /// <summary>The record that coerced values become; null where they stay dictionaries.</summary>
    public Type? ClrType { get; } = clrType;

    /// <summary>
    /// Makes the value that resolvers see from the fields in the order of definition, each bound by <see cref="InputValueDefinition.Bind"/>;
    /// a field without a value is <see cref="Resolvers.Absent.Value"/>, unless its binding says otherwise. Null where values stay dictionaries. Pure.
    /// </summary>
    public Func<object?[], object>? Create { get; init; }
}

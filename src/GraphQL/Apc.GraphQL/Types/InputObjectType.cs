namespace Apc.GraphQL.Types;

/// <summary>An input object type.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Input-Objects</remarks>
public sealed class InputObjectType(
    string name, Func<IEnumerable<InputValueDefinition>> fields, string? description = null, bool isOneOf = false, Type? clrType = null)
    : NamedType(name, description)
{
    private readonly Lazy<IReadOnlyDictionary<string, InputValueDefinition>> _fields =
        new(() => OrderedByName.From(fields(), f => f.Name));

    /// <summary>The fields by name, in the order of definition.</summary>
    public IReadOnlyDictionary<string, InputValueDefinition> Fields => _fields.Value;

    /// <summary>True if exactly one field must be given and its value must not be null.</summary>
    public bool IsOneOf { get; } = isOneOf;

    /// <summary>The record type of coerced values; null if they are dictionaries.</summary>
    public Type? ClrType { get; } = clrType;

    /// <summary>
    /// Makes the value for resolvers from the fields in the order of definition, each bound by <see cref="InputValueDefinition.Bind"/>. A
    /// field without a value is <see cref="Resolvers.Absent.Value"/>, unless its binding replaces it. Null if values are dictionaries. The
    /// function is pure.
    /// </summary>
    public Func<object?[], object>? Create { get; init; }
}

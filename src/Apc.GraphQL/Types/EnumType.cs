namespace Apc.GraphQL.Types;

/// <summary>An enum type.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Enums</remarks>
public sealed class EnumType(string name, IEnumerable<EnumValueDefinition> values, string? description = null, Type? clrType = null)
    : LeafType(name, description)
{
    /// <summary>The values by name, in the order of definition.</summary>
    public IReadOnlyDictionary<string, EnumValueDefinition> Values { get; } = OrderedByName.From(values, v => v.Name);

    /// <summary>The C# enum behind the type; null where nothing is executed.</summary>
    public Type? ClrType { get; } = clrType;
}

/// <summary>A value of an enum.</summary>
/// <remarks>https://spec.graphql.org/September2025/#EnumValueDefinition</remarks>
public sealed class EnumValueDefinition(string name, object? value = null)
{
    /// <summary>Unique in its enum.</summary>
    public string Name { get; } = name;

    /// <summary>What resolvers see; the name where nothing else is given.</summary>
    public object Value { get; } = value ?? name;

    /// <summary>Null where there is none.</summary>
    public string? Description { get; init; }

    /// <summary>Null for a value that is not deprecated.</summary>
    public string? DeprecationReason { get; init; }
}

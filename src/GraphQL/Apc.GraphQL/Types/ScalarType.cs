namespace Apc.GraphQL.Types;

/// <summary>A scalar type: how its values are read from literals and variables, and written to the response.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Scalars</remarks>
public abstract class ScalarType(string name, string? description = null, string? specifiedBy = null) : LeafType(name, description)
{
    /// <summary>The URL of the scalar's specification; null where there is none.</summary>
    public string? SpecifiedBy { get; } = specifiedBy;
}

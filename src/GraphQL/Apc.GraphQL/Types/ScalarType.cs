namespace Apc.GraphQL.Types;

/// <summary>A scalar type, which reads its values from literals and variables and writes them to the response.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Scalars</remarks>
public abstract class ScalarType(string name, string? description = null, string? specifiedBy = null) : LeafType(name, description)
{
    /// <summary>The URL of the scalar's specification; null if there is none.</summary>
    public string? SpecifiedBy { get; } = specifiedBy;
}

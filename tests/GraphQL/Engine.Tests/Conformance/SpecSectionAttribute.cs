using Xunit.v3;

namespace Apc.GraphQL.Tests.Conformance;

/// <summary>
/// Says which section of the GraphQL specification (September 2025) a test or a class of tests covers, by the anchor in its address:
/// https://spec.graphql.org/September2025/#sec-Argument-Uniqueness
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class SpecSectionAttribute(string anchor) : Attribute, ITraitAttribute
{
    /// <summary>Such as <c>sec-Argument-Uniqueness</c>, or the name of an algorithm such as <c>IsValidImplementation()</c>.</summary>
    public string Anchor { get; } = anchor;

    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Spec", Anchor)];
}

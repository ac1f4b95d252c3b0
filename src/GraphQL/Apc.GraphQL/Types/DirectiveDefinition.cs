namespace Apc.GraphQL.Types;

/// <summary>A directive that documents may use.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Type-System.Directives</remarks>
public sealed class DirectiveDefinition(string name, IReadOnlyList<DirectiveLocation> locations)
{
    /// <summary>The name without the at sign.</summary>
    public string Name { get; } = name;

    /// <summary>The locations where it may be used.</summary>
    public IReadOnlyList<DirectiveLocation> Locations { get; } = locations;

    /// <summary>Null if there is none.</summary>
    public string? Description { get; init; }

    /// <summary>Empty if there are none.</summary>
    public IReadOnlyList<InputValueDefinition> Arguments { get; init; } = [];

    /// <summary>True if it may be used more than once at one location.</summary>
    public bool IsRepeatable { get; init; }
}

/// <summary>The locations where a directive may be used. Their names in documents are these in upper snake case.</summary>
public enum DirectiveLocation
{
    /// <summary>QUERY</summary>
    Query,

    /// <summary>MUTATION</summary>
    Mutation,

    /// <summary>SUBSCRIPTION</summary>
    Subscription,

    /// <summary>FIELD</summary>
    Field,

    /// <summary>FRAGMENT_DEFINITION</summary>
    FragmentDefinition,

    /// <summary>FRAGMENT_SPREAD</summary>
    FragmentSpread,

    /// <summary>INLINE_FRAGMENT</summary>
    InlineFragment,

    /// <summary>VARIABLE_DEFINITION</summary>
    VariableDefinition,

    /// <summary>SCHEMA</summary>
    Schema,

    /// <summary>SCALAR</summary>
    Scalar,

    /// <summary>OBJECT</summary>
    Object,

    /// <summary>FIELD_DEFINITION</summary>
    FieldDefinition,

    /// <summary>ARGUMENT_DEFINITION</summary>
    ArgumentDefinition,

    /// <summary>INTERFACE</summary>
    Interface,

    /// <summary>UNION</summary>
    Union,

    /// <summary>ENUM</summary>
    Enum,

    /// <summary>ENUM_VALUE</summary>
    EnumValue,

    /// <summary>INPUT_OBJECT</summary>
    InputObject,

    /// <summary>INPUT_FIELD_DEFINITION</summary>
    InputFieldDefinition,

    /// <summary>
    /// DIRECTIVE_DEFINITION: not in September 2025 but in graphql-js. It can be declared, but no directive can be used there.
    /// </summary>
    DirectiveDefinition,
}

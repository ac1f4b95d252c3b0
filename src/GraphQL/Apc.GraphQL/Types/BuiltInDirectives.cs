using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.Types;

/// <summary>The directives that every schema has.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Type-System.Directives.Built-in-Directives</remarks>
public static class BuiltInDirectives
{
    /// <summary>The reason of a deprecation without a reason.</summary>
    public const string DefaultDeprecationReason = "No longer supported";

    private static readonly GraphQLType RequiredBoolean = new NonNullType(BuiltInScalars.Boolean);

    /// <summary><c>@include(if:)</c></summary>
    public static DirectiveDefinition Include { get; } = new(
        "include", [DirectiveLocation.Field, DirectiveLocation.FragmentSpread, DirectiveLocation.InlineFragment])
    {
        Description = "Selects the field or fragment only if the argument is true.",
        Arguments = [new("if", RequiredBoolean) { Description = "Selected when true." }],
    };

    /// <summary><c>@skip(if:)</c></summary>
    public static DirectiveDefinition Skip { get; } = new(
        "skip", [DirectiveLocation.Field, DirectiveLocation.FragmentSpread, DirectiveLocation.InlineFragment])
    {
        Description = "Leaves the field or fragment out if the argument is true.",
        Arguments = [new("if", RequiredBoolean) { Description = "Left out when true." }],
    };

    /// <summary><c>@deprecated(reason:)</c></summary>
    public static DirectiveDefinition Deprecated { get; } = new(
        "deprecated",
        [
            DirectiveLocation.FieldDefinition,
            DirectiveLocation.ArgumentDefinition,
            DirectiveLocation.InputFieldDefinition,
            DirectiveLocation.EnumValue,
        ])
    {
        Description = "Marks a part of the schema that should no longer be used.",
        Arguments =
        [
            new("reason", new NonNullType(BuiltInScalars.String))
            {
                Description = "Why, and what to use instead, as CommonMark text.",
                DefaultValue = new StringValueNode(DefaultDeprecationReason, isBlock: false, default),
            },
        ],
    };

    /// <summary><c>@specifiedBy(url:)</c></summary>
    public static DirectiveDefinition SpecifiedBy { get; } = new("specifiedBy", [DirectiveLocation.Scalar])
    {
        Description = "Says where the behaviour of a scalar is specified.",
        Arguments = [new("url", new NonNullType(BuiltInScalars.String)) { Description = "The address of the specification." }],
    };

    /// <summary><c>@oneOf</c></summary>
    public static DirectiveDefinition OneOf { get; } = new("oneOf", [DirectiveLocation.InputObject])
    {
        Description = "Says that exactly one field of the input object must be given, and not null.",
    };

    /// <summary>All five, in the order of graphql-js.</summary>
    public static IReadOnlyList<DirectiveDefinition> All { get; } = [Include, Skip, Deprecated, SpecifiedBy, OneOf];

    /// <summary>The built-in directive of this name, or null.</summary>
    public static DirectiveDefinition? Find(string name) => All.FirstOrDefault(d => d.Name == name);
}

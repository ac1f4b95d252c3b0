using Apc.GraphQL.Types;

namespace Apc.GraphQL.Tests.Conformance.TypeSystem;

[SpecSection("sec-Interfaces")]
[SpecSection("sec-Unions")]
public sealed class AbstractTypeTests
{
    [Fact]
    [SpecSection("sec-Interfaces.Interfaces-Implementing-Interfaces")]
    public void Interfaces_implement_interfaces()
    {
        var schema = SdlText.Schema(
            """
            interface Node { id: ID! }
            interface Resource implements Node { id: ID! url: String }
            interface Image implements Resource & Node { id: ID! url: String thumbnail: String }
            type Photo implements Image & Resource & Node { id: ID! url: String thumbnail: String }
            """);

        Assert.Empty(SchemaValidator.Validate(schema));
        Assert.Equal(["Resource", "Node"], ((InterfaceType)schema.Types["Image"]).Interfaces.Select(i => i.Name));
        Assert.Equal(["Photo"], schema.PossibleTypes((InterfaceType)schema.Types["Node"]).Select(t => t.Name));
        Assert.True(schema.IsSubType((InterfaceType)schema.Types["Node"], (InterfaceType)schema.Types["Image"]));
    }

    [Theory]
    [SpecSection("sec-Interfaces.Interfaces-Implementing-Interfaces")]
    [SpecSection("sec-Interfaces.Type-Validation")]
    [InlineData("interface I", "Type I must define one or more fields.")]
    [InlineData("interface I { __a: Int }", "Name \"__a\" must not begin with \"__\", which is reserved by GraphQL introspection.")]
    [InlineData("interface I { a: Int a: Int }", "Field \"I.a\" can only be defined once.")]
    [InlineData("interface I { a: In } input In { a: Int }", "The type of I.a must be Output Type but got: In.")]
    [InlineData("interface I { a(b: Query): Int }", "The type of I.a(b:) must be Input Type but got: Query.")]
    [InlineData("interface I implements I { a: Int }", "Type I cannot implement itself because it would create a circular reference.")]
    [InlineData("interface I implements U { a: Int } union U = Query", "Type I must only implement Interface types, it cannot implement U.")]
    [InlineData(
        "interface I { a: Int } interface J implements I { a: Int } interface K implements J { a: Int }",
        "Type K must implement I because it is implemented by J.")]
    public void Refuse_interfaces_that_break_a_rule(string definitions, string problem) => Assert.Equal([problem], SdlText.Problems(definitions));

    [Theory]
    [SpecSection("sec-Unions.Type-Validation")]
    [InlineData("union U", "Union type U must define one or more member types.")]
    [InlineData("union U = Query | Query", "Union type U can only include type Query once.")]
    [InlineData("union U = I interface I { a: Int }", "Union type U can only include Object types, it cannot include I.")]
    [InlineData("union U = V union V = Query", "Union type U can only include Object types, it cannot include V.")]
    [InlineData("union U = String", "Union type U can only include Object types, it cannot include String.")]
    [InlineData("union U = E enum E { A }", "Union type U can only include Object types, it cannot include E.")]
    [InlineData("union U = In input In { a: Int }", "Union type U can only include Object types, it cannot include In.")]
    public void Refuse_unions_that_break_a_rule(string definitions, string problem) => Assert.Equal([problem], SdlText.Problems(definitions));

    [Fact]
    public void Answer_no_field_of_a_union_but_the_type_name()
    {
        Assert.Empty(Validation.Judged.Against(PetSchema.Schema, "{ resident { __typename ... on Keeper { name } } }"));
        Assert.Equal(
            ["Cannot query field \"name\" on type \"Resident\". Did you mean to use an inline fragment on \"Animal\", \"Pet\", \"Cat\", \"Dog\", or \"Keeper\"? (1:14)"],
            Validation.Judged.Against(PetSchema.Schema, "{ resident { name } }"));
    }

    [Fact]
    public void Answer_of_an_interface_the_fields_that_it_declares()
    {
        Assert.Empty(Validation.Judged.Against(PetSchema.Schema, "{ pet(id: 1) { nickname ... on Dog { barkVolume } } }"));
        Assert.Equal(
            ["Cannot query field \"barkVolume\" on type \"Pet\". Did you mean to use an inline fragment on \"Dog\"? (1:16)"],
            Validation.Judged.Against(PetSchema.Schema, "{ pet(id: 1) { barkVolume } }"));
    }
}

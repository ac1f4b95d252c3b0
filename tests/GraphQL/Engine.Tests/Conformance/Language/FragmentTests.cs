using Apc.GraphQL.Tests.Execution;

namespace Apc.GraphQL.Tests.Conformance.Language;

[SpecSection("sec-Language.Fragments")]
public sealed class FragmentTests
{
    private static readonly Node Tree = new("a", new Node("b"), new Node("c"));

    [Theory]
    [InlineData("{ node { ...F } } fragment F on Node { name children { ...G } } fragment G on Node { name }")]
    [InlineData("fragment G on Node { name } { node { ...F } } fragment F on Node { ...G children { ...G } }")]
    public async Task Put_their_fields_where_they_are_spread(string document) => Assert.Equal(
        Expect.Data("""{"node":{"name":"a","children":[{"name":"b"},{"name":"c"}]}}"""), await Run.Async(Node.Schema(Tree), document));

    [Theory]
    [InlineData("fragment on on T { a } { ...on }", "Unexpected Name \"on\". (1:10)")]
    [InlineData("fragment F { a }", "Expected \"on\", found \"{\". (1:12)")]
    [InlineData("fragment F on { a }", "Expected Name, found \"{\". (1:15)")]
    [InlineData("fragment on T { a }", "Unexpected Name \"on\". (1:10)")]
    [InlineData("fragment F($a: Int) on T { a }", "Expected \"on\", found \"(\". (1:11)")]
    public void Have_a_name_other_than_on_and_a_type(string text, string refusal) => Assert.Equal(refusal, Syntax.Refusal(text));

    [Theory]
    [SpecSection("sec-Type-Conditions")]
    [InlineData("{ resident { ... on Dog { barkVolume } ... on Keeper { name } } }")]
    [InlineData("{ resident { ... on Pet { nickname } ...F } } fragment F on Resident { __typename }")]
    public void Apply_to_an_object_an_interface_or_a_union(string document)
        => Assert.Equal([], Validation.Judged.Against(PetSchema.Schema, document));

    [Theory]
    [SpecSection("sec-Inline-Fragments")]
    [InlineData("{ node { ... on Node { name } } }", """{"node":{"name":"a"}}""")]
    [InlineData("{ node { ... { name } } }", """{"node":{"name":"a"}}""")]
    [InlineData("{ node { ... @include(if: true) { name } } }", """{"node":{"name":"a"}}""")]
    [InlineData("{ node { ... on Node @skip(if: true) { name } child { name } } }", """{"node":{"child":{"name":"b"}}}""")]
    [InlineData("{ ... on Query { node { ... { ... { name } } } } }", """{"node":{"name":"a"}}""")]
    public async Task Stand_inline_with_a_type_directives_both_or_neither(string document, string data)
        => Assert.Equal(Expect.Data(data), await Run.Async(Node.Schema(Tree), document));
}

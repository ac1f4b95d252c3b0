using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Tests.Execution;

namespace Apc.GraphQL.Tests.Conformance.Language;

[SpecSection("sec-Language.Operations")]
[SpecSection("sec-Document")]
public sealed class OperationTests
{
    [Fact]
    public void Are_queries_mutations_and_subscriptions_any_number_in_a_document()
    {
        var operations = GraphQLParser.Parse(new Source("query A { a } mutation B { b } subscription C { c } fragment F on T { f } query { d }"))
            .Definitions.OfType<OperationDefinitionNode>();

        Assert.Equal(
            [(OperationType.Query, "A"), (OperationType.Mutation, "B"), (OperationType.Subscription, "C"), (OperationType.Query, null)],
            operations.Select(o => (o.Operation, o.Name?.Value)));
    }

    [Theory]
    [SpecSection("sec-Language.Operations.Query-Shorthand")]
    [InlineData("{ a }")]
    [InlineData("query { a }")]
    public void Are_queries_where_braces_stand_alone(string text)
    {
        var operation = Assert.IsType<OperationDefinitionNode>(Assert.Single(GraphQLParser.Parse(new Source(text)).Definitions));
        Assert.Equal((OperationType.Query, null), (operation.Operation, operation.Name));
        Assert.Empty(operation.VariableDefinitions);
        Assert.Empty(operation.Directives);
    }

    [Theory]
    [SpecSection("sec-Language.Operations.Query-Shorthand")]
    [InlineData("($a: Int) { a }", "Unexpected \"(\". (1:1)")]
    [InlineData("@d { a }", "Unexpected \"@\". (1:1)")]
    [InlineData("Name { a }", "Unexpected Name \"Name\". (1:1)")]
    public void Need_their_keyword_for_anything_more_than_braces(string text, string refusal) => Assert.Equal(refusal, Syntax.Refusal(text));

    [Theory]
    [SpecSection("sec-Selection-Sets")]
    [InlineData("{ }", "Expected Name, found \"}\". (1:3)")]
    [InlineData("{ a { } }", "Expected Name, found \"}\". (1:7)")]
    [InlineData("query Q", "Expected \"{\", found <EOF>. (1:8)")]
    [InlineData("fragment F on T", "Expected \"{\", found <EOF>. (1:16)")]
    [InlineData("{ ... }", "Expected \"{\", found \"}\". (1:7)")]
    public void Select_at_least_one_thing_at_each_level(string text, string refusal) => Assert.Equal(refusal, Syntax.Refusal(text));

    [Fact]
    [SpecSection("sec-Selection-Sets")]
    public void Select_fields_spreads_and_inline_fragments_as_deep_as_they_like()
        => Assert.Equal(
            "{\n  a {\n    b {\n      ...F\n      ... on T {\n        c\n      }\n      ... {\n        d\n      }\n    }\n  }\n}",
            Syntax.Reprint("{a{b{...F...on T{c}...{d}}}}"));

    [Fact]
    [SpecSection("sec-Language.Fields")]
    public async Task Ask_for_exactly_the_fields_they_name() => Assert.Equal(
        Expect.Data("""{"node":{"name":"a","child":{"child":{"name":"c"}}}}"""),
        await Run.Async(Node.Schema(new Node("a", new Node("b", new Node("c")))), "{ node { name child { child { name } } } }"));

    [Theory]
    [SpecSection("sec-Field-Alias")]
    [InlineData("{ int(x: 1) }", """{"int":"1"}""")]
    [InlineData("{ one: int(x: 1) two: int(x: 2) }", """{"one":"1","two":"2"}""")]
    [InlineData("{ int: text(x: \"a\") text: int(x: 1) }", """{"int":"a","text":"1"}""")]
    [InlineData("{ self { __typename: int(x: 1) } }", """{"self":{"__typename":"1"}}""")]
    public async Task Answer_under_the_alias_where_there_is_one(string document, string data)
        => Assert.Equal(Expect.Data(data), await Echo.Ask(document));
}

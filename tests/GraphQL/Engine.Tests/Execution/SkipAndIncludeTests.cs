using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Tests.Conformance;

namespace Apc.GraphQL.Tests.Execution;

[SpecSection("sec--skip")]
[SpecSection("sec--include")]
public class SkipAndIncludeTests
{
    private static readonly Node Tree = new("a", new Node("b"));

    [Theory]
    [InlineData("name @skip(if: true) x: name", """{"x":"a"}""")]
    [InlineData("name @skip(if: false) x: name", """{"name":"a","x":"a"}""")]
    [InlineData("name @include(if: true) x: name", """{"name":"a","x":"a"}""")]
    [InlineData("name @include(if: false) x: name", """{"x":"a"}""")]
    [InlineData("name @skip(if: true)", """{}""")]
    [InlineData("... @skip(if: true) { name } x: name", """{"x":"a"}""")]
    [InlineData("... on Node @include(if: false) { name } x: name", """{"x":"a"}""")]
    [InlineData("child @skip(if: true) { name } child { x: name }", """{"child":{"x":"b"}}""")]
    public async Task Applies_to_fields_and_inline_fragments(string selection, string node) => Assert.Equal(
        $$$"""{"data":{"node":{{{node}}}}}""", await Run.Async(Node.Schema(Tree), $$"""{ node { {{selection}} } }"""));

    [Theory]
    [InlineData("...F @skip(if: true) x: name ...F", """{"x":"a","child":{"name":"b"}}""")]
    [InlineData("...F @include(if: false) ...F @include(if: true)", """{"child":{"name":"b"}}""")]
    [InlineData("...F @include(if: false) x: name", """{"x":"a"}""")]
    public async Task Applies_to_each_spread_of_a_fragment(string selection, string node) => Assert.Equal(
        $$$"""{"data":{"node":{{{node}}}}}""",
        await Run.Async(Node.Schema(Tree), $$"""{ node { {{selection}} } } fragment F on Node { child { name } }"""));

    [Theory]
    [InlineData(true, true, """{}""")]
    [InlineData(true, false, """{}""")]
    [InlineData(false, true, """{"name":"a"}""")]
    [InlineData(false, false, """{}""")]
    public async Task Selects_only_where_both_agree(bool skip, bool include, string node)
    {
        var variables = $$"""{"s":{{(skip ? "true" : "false")}},"i":{{(include ? "true" : "false")}}}""";

        Assert.Equal(
            $$$"""{"data":{"node":{{{node}}}}}""",
            await Run.Async(Node.Schema(Tree), "query ($s: Boolean!, $i: Boolean!) { node { name @skip(if: $s) @include(if: $i) } }", variables));
    }

    [Fact]
    public async Task Answers_every_combination_of_variables_with_one_executor()
    {
        const string document =
            """
            query ($a: Boolean!, $b: Boolean!, $c: Boolean = true, $d: Boolean!) {
              node {
                a: name @include(if: $a)
                ... @skip(if: $b) { b: name }
                ...F @include(if: $c)
                child @skip(if: $d) { d: name }
              }
            }
            fragment F on Node { c: name @include(if: $a) child { name } }
            """;
        var executor = new GraphQLExecutor(Node.Schema(Tree));

        // More combinations than plans are kept, twice, so that planned, kept and forgotten ones are met.
        for (var i = 0; i < 32; i++)
        {
            var (a, b, c, d) = ((i & 1) != 0, (i & 2) != 0, (i & 4) != 0, (i & 8) != 0);
            var variables = $"{{\"a\":{Json(a)},\"b\":{Json(b)},\"c\":{Json(c)},\"d\":{Json(d)}}}";
            var child = Members((c, "\"name\":\"b\""), (!d, "\"d\":\"b\""));
            var node = Members((a, "\"a\":\"a\""), (!b, "\"b\":\"a\""), (c && a, "\"c\":\"a\""), (c || !d, $"\"child\":{child}"));

            var answer = await Run.Async(executor, GraphQLRequest.For(document, variables));

            Assert.Equal("""{"data":{"node":""" + node + "}}", answer.Text);
        }

        static string Json(bool value) => value ? "true" : "false";

        static string Members(params (bool IsThere, string Text)[] members)
            => $"{{{string.Join(',', members.Where(m => m.IsThere).Select(m => m.Text))}}}";
    }

    [Fact]
    public async Task Takes_the_default_of_a_variable_that_is_not_given() => Assert.Equal(
        """{"data":{"node":{"name":"a"}}}""",
        await Run.Async(Node.Schema(Tree), "query ($c: Boolean = true) { node { name @include(if: $c) x: name @skip(if: $c) } }"));

    [Fact]
    public async Task Refuses_null_for_a_condition() => Assert.Equal(
        """{"errors":[{"message":"Argument \"if\" of non-null type \"Boolean!\" must not be null.","locations":[{"line":1,"column":58}],"extensions":{"code":"BAD_USER_INPUT"}}]}""",
        await Run.Async(Node.Schema(Tree), "query ($c: Boolean = true) { node { name @include(if:    $c) } }", """{"c":null}"""));

    [Fact]
    public async Task Does_not_resolve_what_is_left_out()
    {
        var tree = new Node("a");
        await Run.Async(Node.Schema(tree), "query ($c: Boolean!) { node { lateName @skip(if: $c) } }", """{"c":true}""");
        Assert.Equal(0, tree.Reads);
    }

    [Fact]
    public async Task Leaves_out_everything() => Assert.Equal(
        """{"data":{}}""", await Run.Async(Node.Schema(Tree), "{ node @skip(if: true) { name } }"));
}

using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;
using static Apc.GraphQL.Tests.Execution.Fields;

namespace Apc.GraphQL.Tests.Execution;

[SpecSection("sec-Coercing-Field-Arguments")]
public class ArgumentTests
{
    [Theory]
    [InlineData("two", "absent 2")]
    [InlineData("two(b: 3)", "absent 3")]
    [InlineData("two(b: null, a: 1)", "1 null")]
    [InlineData("two(b: 4, a: 5)", "5 4")]
    public async Task Come_in_the_order_of_their_definition(string selection, string shown)
        => Assert.Equal(Expect.Data($$"""{"two":"{{shown}}"}"""), await Run.Async(Two(), $"{{ {selection} }}"));

    [Fact]
    public async Task Are_bound_once_for_each_document_where_they_are_constant()
    {
        var bound = 0;
        var executor = new GraphQLExecutor(new Schema(Object("Query", Now(
            "text",
            Text,
            c => c.Arguments[0],
            new InputValueDefinition("x", Int) { Bind = value => { bound++; return $"<{value}>"; } }))));

        for (var i = 0; i < 3; i++)
        {
            var answer = await Run.Async(executor, GraphQLRequest.For("{ text(x: 1) }"));
            Assert.Equal(Expect.Data("""{"text":"<1>"}"""), answer.Text);
        }

        Assert.Equal(1, bound);
    }

    [Fact]
    public async Task Are_bound_once_for_each_request_where_they_have_variables()
    {
        var bound = 0;
        var element = Object<string>(
            "Element",
            Now("text", Text, c => c.Arguments[0], new InputValueDefinition("x", Int) { Bind = value => { bound++; return $"<{value}>"; } }));
        var schema = new Schema(Object("Query", Now("list", element.List(), _ => new[] { "a", "b", "c" })));

        Assert.Equal(
            Expect.Data("""{"list":[{"text":"<1>"},{"text":"<1>"},{"text":"<1>"}]}"""),
            await Run.Async(schema, "query ($v: Int) { list { text(x: $v) } }", """{"v":1}"""));
        Assert.Equal(1, bound);
    }

    [Theory]
    [InlineData("{ text(x: 5) }", null)]
    [InlineData("query ($v: Int) { text(x: $v) }", """{"v":5}""")]
    public async Task Fail_their_field_where_they_cannot_be_bound(string document, string? variables)
    {
        var schema = new Schema(Object("Query", Now(
            "text", Text, _ => "never", new InputValueDefinition("x", Int) { Bind = _ => throw new CoercionException("5 is too much.") })));

        Assert.Equal(
            Expect.Failed(
                """{"text":null}""",
                Expect.Error("5 is too much.", "BAD_USER_INPUT", [(1, document.IndexOf("x:", StringComparison.Ordinal) + 4)], ["text"])),
            await Run.Async(schema, document, variables));
    }

    [Fact]
    public async Task Fail_their_field_where_a_null_comes_for_a_required_one()
    {
        // Validation lets a nullable variable pass here, because the argument has a default.
        var schema = new Schema(Object("Query", Now("text", Text, _ => "never", Argument("x", Int.Required(), "3"))));

        Assert.Equal(
            Expect.Failed(
                """{"text":null}""",
                Expect.Error("Argument \"x\" of non-null type \"Int!\" must not be null.", "BAD_USER_INPUT", [(1, 28)], ["text"])),
            await Run.Async(schema, "query ($v: Int) {  text(x: $v) }", """{"v":null}"""));
    }

    [Fact]
    public async Task Take_their_default_where_a_variable_has_no_value() => Assert.Equal(
        Expect.Data("""{"two":"absent 2"}"""), await Run.Async(Two(), "query ($a: Int, $b: Int) { two(a: $a, b: $b) }"));

    [Fact]
    public async Task Of_merged_fields_are_those_of_the_first() => Assert.Equal(
        Expect.Data("""{"two":"1 2"}"""), await Run.Async(Two(), "{ two(a: 1) two(a: 1) }"));

    private static Schema Two() => new(Object("Query", Now(
        "two", Text, c => string.Join(' ', c.Arguments.Select(Show)), Argument("a", Int), Argument("b", Int, "2"))));

    private static string Show(object? value) => value switch
    {
        null => "null",
        Absent => "absent",
        _ => value.ToString()!,
    };
}

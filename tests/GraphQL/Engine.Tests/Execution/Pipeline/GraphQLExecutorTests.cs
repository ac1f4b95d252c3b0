using System.Text;
using System.Text.Json;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Json;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;
using static Apc.GraphQL.Tests.Execution.Fields;

namespace Apc.GraphQL.Tests.Execution.Pipeline;

public class GraphQLExecutorTests
{
    private int _runs;

    [Fact]
    public async Task Tells_the_transport_what_was_executed()
    {
        Assert.Equal(new GraphQLResponse(ResponseKind.Executed, OperationType.Query, false), (await Ask("{ read }")).Response);
        Assert.Equal(new GraphQLResponse(ResponseKind.Executed, OperationType.Query, true), (await Ask("{ fail }")).Response);
        Assert.Equal(new GraphQLResponse(ResponseKind.Executed, OperationType.Mutation, false), (await Ask("mutation { write }")).Response);
    }

    [Fact]
    public async Task Refuses_what_is_no_document()
    {
        var answer = await Ask("{ read ");

        Assert.Equal(
            Expect.Refused(Expect.Error("Syntax Error: Expected Name, found <EOF>.", "GRAPHQL_PARSE_FAILED", [(1, 8)])), answer.Text);
        Assert.Equal(new GraphQLResponse(ResponseKind.ParseFailed, null, true), answer.Response);
    }

    [Fact]
    public async Task Refuses_what_breaks_a_rule_with_all_breaches()
    {
        var answer = await Ask("{ reed  zzzzz }");

        Assert.Equal(
            Expect.Refused(
                Expect.Error("Cannot query field \"reed\" on type \"Query\". Did you mean \"read\"?", "GRAPHQL_VALIDATION_FAILED", [(1, 3)]),
                Expect.Error("Cannot query field \"zzzzz\" on type \"Query\".", "GRAPHQL_VALIDATION_FAILED", [(1, 9)])),
            answer.Text);
        Assert.Equal(new GraphQLResponse(ResponseKind.ValidationFailed, null, true), answer.Response);
    }

    [Fact]
    public async Task Refuses_a_document_that_is_too_deep()
    {
        var answer = await Run.Async(
            new GraphQLExecutor(Node.Schema(new Node("a")), new() { Limits = new() { MaxDepth = 2 } }), GraphQLRequest.For("{ node { child { name } } }"));

        Assert.Equal(
            Expect.Refused(Expect.Error(
                "The operation selects fields 3 deep; at most 2 are allowed.", "LIMIT_EXCEEDED", [(1, 1)])),
            answer.Text);
        Assert.Equal(new GraphQLResponse(ResponseKind.LimitExceeded, null, true), answer.Response);
    }

    [Fact]
    public async Task Refuses_a_document_with_too_many_tokens()
    {
        var answer = await Run.Async(
            new GraphQLExecutor(Schema(), new() { Parser = new() { MaxTokens = 3 } }), GraphQLRequest.For("{ read fail }"));

        Assert.Equal(ResponseKind.LimitExceeded, answer.Response.Kind);
        Assert.Contains("\"code\":\"LIMIT_EXCEEDED\"", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"n":99}""", ResponseKind.Executed)]
    [InlineData("""{"n":100}""", ResponseKind.LimitExceeded)]
    [InlineData("""{}""", ResponseKind.Executed)]
    public async Task Judges_the_price_by_the_variables(string variables, ResponseKind kind)
    {
        var executor = new GraphQLExecutor(Schema(), new() { Limits = new() { MaxCost = 100, SizeArgument = "take" } });

        var answer = await Run.Async(executor, GraphQLRequest.For("query ($n: Int) { list(take: $n) { name } }", variables));

        Assert.Equal(kind, answer.Response.Kind);
        Assert.Equal(kind == ResponseKind.Executed ? 1 : 0, _runs);
    }

    [Fact]
    public async Task Reports_the_price_to_who_asks()
    {
        var request = GraphQLRequest.For("{ list(take: 5) { name } }");
        var executor = new GraphQLExecutor(Schema(), new() { Limits = new() { SizeArgument = "take" } });

        Assert.Equal("""{"data":{"list":[]}}""", (await Run.Async(executor, request)).Text);
        Assert.Equal("""{"data":{"list":[]},"extensions":{"cost":6}}""", (await Run.Async(executor, request with { ReportsCost = true })).Text);
    }

    [Fact]
    public async Task Puts_errors_before_data_and_the_price_last()
    {
        var answer = await Run.Async(new GraphQLExecutor(Schema()), GraphQLRequest.For("{ fail }") with { ReportsCost = true });
        Assert.Equal(Expect.Failed("""{"fail":null},"extensions":{"cost":1}""", Expect.Masked(3, "fail")), answer.Text);
    }

    [Theory]
    [InlineData("mutation { write }", OperationType.Mutation, "Can only perform a mutation operation from a POST request.")]
    [InlineData("{ refresh }", OperationType.Query, "Can only perform a query with side effects from a POST request.")]
    [InlineData("{ ...F } fragment F on Query { x: refresh }", OperationType.Query, "Can only perform a query with side effects from a POST request.")]
    public async Task Refuses_changes_where_none_are_allowed(string document, OperationType operation, string message)
    {
        var answer = await Run.Async(new GraphQLExecutor(Schema()), GraphQLRequest.For(document) with { AllowsSideEffects = false });

        Assert.Equal(Expect.Refused(Expect.Error(message, "BAD_USER_INPUT", [])), answer.Text);
        Assert.Equal(new GraphQLResponse(ResponseKind.SideEffectsRefused, operation, true), answer.Response);
        Assert.Equal(0, _runs);
    }

    [Theory]
    [InlineData("{ read }")]
    [InlineData("{ read refresh @skip(if: true) }")]
    public async Task Answers_reads_where_no_changes_are_allowed(string document)
    {
        var answer = await Run.Async(new GraphQLExecutor(Schema()), GraphQLRequest.For(document) with { AllowsSideEffects = false });
        Assert.Equal("""{"data":{"read":1}}""", answer.Text);
    }

    [Fact]
    public async Task Refuses_a_subscription()
    {
        var schema = new Schema(Object("Query", Now("read", Int, _ => 1)), subscription: Object("Subscription", Now("ticks", Int, _ => 1)));
        var answer = await Run.Async(new GraphQLExecutor(schema), GraphQLRequest.For("subscription { ticks }"));

        Assert.Equal(Expect.Refused(Expect.Error("Subscriptions are not answered over this transport.", "BAD_USER_INPUT", [])), answer.Text);
        Assert.Equal(new GraphQLResponse(ResponseKind.SubscriptionRefused, OperationType.Subscription, true), answer.Response);
    }

    [Fact]
    public async Task Judges_introspection_for_each_request()
    {
        var allowed = false;
        var executor = new GraphQLExecutor(Schema(), new() { AllowsIntrospection = _ => allowed });
        var request = GraphQLRequest.For("""{ __typename t: __type(name: "Int") { name } __schema { queryType { name } } }""");

        var refused = await Run.Async(executor, request);
        allowed = true;
        var answered = await Run.Async(executor, request);
        allowed = false;
        var again = await Run.Async(executor, request);

        Assert.Equal(
            Expect.Refused(
                Expect.Error("GraphQL introspection is not allowed, but the query contained __type.", "INTROSPECTION_DISABLED", [(1, 14)]),
                Expect.Error("GraphQL introspection is not allowed, but the query contained __schema.", "INTROSPECTION_DISABLED", [(1, 46)])),
            refused.Text);
        Assert.Equal(new GraphQLResponse(ResponseKind.IntrospectionRefused, OperationType.Query, true), refused.Response);
        Assert.Equal("""{"data":{"__typename":"Query","t":{"name":"Int"},"__schema":{"queryType":{"name":"Query"}}}}""", answered.Text);
        Assert.Equal(refused, again);
    }

    [Fact]
    public async Task Lets_everybody_ask_for_type_names()
    {
        var executor = new GraphQLExecutor(Schema(), new() { AllowsIntrospection = _ => false });
        Assert.Equal("""{"data":{"__typename":"Query"}}""", (await Run.Async(executor, GraphQLRequest.For("{ __typename }"))).Text);
    }

    [Fact]
    public async Task Appends_to_what_the_writer_holds()
    {
        using var writer = new JsonWriter();
        writer.WriteRaw("""{"payload":"""u8);

        await new GraphQLExecutor(Schema()).ExecuteAsync(GraphQLRequest.For("{ fail }"), new TestRequest(), writer);

        Assert.Equal(
            """{"payload":""" + Expect.Failed("""{"fail":null}""", Expect.Masked(3, "fail")), Encoding.UTF8.GetString(writer.WrittenSpan));
    }

    [Theory]
    [InlineData("{ echo(text: \"a\\\\b \\\" \\u00e4 \\ud83d\\ude00 é\") }")]
    [InlineData("{\n\techo(text: \"\"\"x\"\"\") # note\r\n}")]
    [InlineData("query A { echo(text: \"\b\f/\") }")]
    public async Task Reads_a_document_as_it_stands_in_the_body(string document)
    {
        var executor = new GraphQLExecutor(Schema());
        var plain = await Run.Async(executor, GraphQLRequest.For(document));
        var body = JsonSerializer.SerializeToUtf8Bytes(document);

        var escaped = await Run.Async(executor, new GraphQLRequest { Document = body.AsMemory()[1..^1], IsEscaped = true });

        Assert.Equal(plain, escaped);
        Assert.Equal(ResponseKind.Executed, plain.Response.Kind);
    }

    [Theory]
    [InlineData("""{ echo(text: \"a\\nb\/\b\f\r\t\") }""", "GRAPHQL_PARSE_FAILED")]
    [InlineData("""{ echo(text: \"\\n\/\") }""", """{"data":{"echo":"\n/"}}""")]
    [InlineData("""{ echo(text: \"\u00e4\uD83D\ude00\") }""", """{"data":{"echo":"ä😀"}}""")]
    [InlineData("""{ echo(text: \"\ud83d\") }""", "Syntax Error")]
    public async Task Unescapes_what_json_may_escape(string escaped, string expected)
    {
        var answer = await Run.Async(
            new GraphQLExecutor(Schema()), new GraphQLRequest { Document = Encoding.UTF8.GetBytes(escaped), IsEscaped = true });
        Assert.Contains(expected, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_escaped_bytes_from_plain_ones()
    {
        // Plain, this is one comment; escaped, the comment ends before the braces.
        var bytes = Encoding.UTF8.GetBytes("""#\n{ read }""");
        var executor = new GraphQLExecutor(Schema());

        var escaped = await Run.Async(executor, new GraphQLRequest { Document = bytes, IsEscaped = true });
        var plain = await Run.Async(executor, new GraphQLRequest { Document = bytes });

        Assert.Equal("""{"data":{"read":1}}""", escaped.Text);
        Assert.Equal(ResponseKind.ParseFailed, plain.Response.Kind);
    }

    private Task<Run.Answer> Ask(string document) => Run.Async(new GraphQLExecutor(Schema()), GraphQLRequest.For(document));

    private Schema Schema() => new(
        Object(
            "Query",
            Now("read", Int, _ => ++_runs),
            Now("fail", Int, _ => throw new InvalidOperationException()),
            Now("list", Node.Type.List(), _ => { _runs++; return Array.Empty<Node>(); }, Argument("take", Int)),
            Now("echo", Text, c => c.Arguments[0], Argument("text", Text)),
            new FieldDefinition("refresh", Int)
            {
                Resolver = new DelegateResolver(_ => new ValueTask<object?>(++_runs)) { HasSideEffects = true },
            }),
        Object("Mutation", Now("write", Int, _ => ++_runs)));
}

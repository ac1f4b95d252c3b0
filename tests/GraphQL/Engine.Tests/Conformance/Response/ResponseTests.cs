using System.Text.Json;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Tests.Execution;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Scalars;
using static Apc.GraphQL.Tests.Execution.Fields;

namespace Apc.GraphQL.Tests.Conformance.Response;

[SpecSection("sec-Response")]
[SpecSection("sec-Response-Format")]
public sealed class ResponseTests
{
    private static readonly Node Broken = new("a", new Node("!"), new Node("b", new Node(null)));

    [Theory]
    [SpecSection("sec-Execution-Result")]
    [SpecSection("sec-Additional-Entries")]
    [SpecSection("sec-Extensions")]
    [InlineData("{ node { name } }", "data")]
    [InlineData("{ node { child { name } } }", "errors,data")]
    [InlineData("{ nothing }", "errors")]
    [InlineData("{", "errors")]
    public async Task Has_data_errors_or_both_and_no_other_member(string document, string members)
        => Assert.Equal(members, string.Join(',', (await Answer(document)).EnumerateObject().Select(m => m.Name)));

    [Theory]
    [SpecSection("sec-Request-Error-Result")]
    [SpecSection("sec-Errors.Request-Errors")]
    [InlineData("{ node", null, "Syntax Error: Expected Name, found <EOF>.", "GRAPHQL_PARSE_FAILED", 7)]
    [InlineData("{ nodes }", null, "Cannot query field \"nodes\" on type \"Query\". Did you mean \"node\"?", "GRAPHQL_VALIDATION_FAILED", 3)]
    [InlineData("query ($v: String) { __typename }", "{}", "Variable \"$v\" is never used.", "GRAPHQL_VALIDATION_FAILED", 8)]
    [InlineData("query ($v: Boolean!) { __typename @skip(if: $v) }", "{}", "Variable \"$v\" of required type \"Boolean!\" was not provided.", "BAD_USER_INPUT", 8)]
    public async Task Of_a_request_error_has_no_data(string document, string? variables, string message, string code, int column)
        => Assert.Equal(Expect.Refused(Expect.Error(message, code, [(1, column)])), await Run.Async(Node.Schema(Broken), document, variables));

    [Theory]
    [SpecSection("sec-Data")]
    [InlineData("{ node { child { child { name } } } }", """{"node":{"child":{"child":null}}}""")]
    [InlineData("{ requiredNode { child { requiredChild { name } } } }", """{"requiredNode":{"child":null}}""")]
    [InlineData("{ requiredNode { requiredChild { requiredName } } }", "null")]
    [InlineData("{ node @skip(if: true) { name } }", "{}")]
    public async Task Has_the_data_that_could_be_had(string document, string data)
        => Assert.Equal(data, (await Answer(document)).GetProperty("data").GetRawText());

    [Theory]
    [SpecSection("sec-Response-Position")]
    [SpecSection("sec-Errors.Execution-Errors")]
    [InlineData("{ node { child { name } } }", """["node","child","name"]""")]
    [InlineData("{ n: node { c: child { x: name } } }", """["n","c","x"]""")]
    [InlineData("{ node { children { name } } }", """["node","children",0,"name"]""")]
    [InlineData("{ node { all: children { ... on Node { ...F } } } } fragment F on Node { name }", """["node","all",0,"name"]""")]
    [InlineData("{ lateNode { lateChildren { lateName } } }", """["lateNode","lateChildren",0,"lateName"]""")]
    public async Task Names_the_position_of_each_execution_error(string document, string path)
        => Assert.Equal([path], (await Answer(document)).GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("path").GetRawText()));

    [Fact]
    [SpecSection("sec-Errors.Execution-Errors")]
    [SpecSection("sec-Errors")]
    public async Task Has_every_execution_error_beside_the_partial_data() => Assert.Equal(
        Expect.Failed(
            """{"node":{"children":[{"name":null},{"name":"b"}],"last":[null,null]}}""",
            Expect.Masked(21, "node", "children", 0, "name"),
            Expect.Error("Cannot return null for non-nullable field Node.requiredChild.", 46, "node", "last", 0, "requiredChild"),
            Expect.Error("Cannot return null for non-nullable field Node.requiredName.", 62, "node", "last", 1, "requiredChild", "requiredName")),
        await Run.Async(Node.Schema(Broken), "{ node { children { name } last: children  { requiredChild { requiredName } } } }"));

    [Fact]
    [SpecSection("sec-Errors.Error-Result-Format")]
    [SpecSection("sec-Extensions")]
    public async Task Has_message_locations_path_and_extensions_for_an_error()
    {
        var error = (await Answer("{\n  node {\r\n    child { x: name }\n    ...F\n  }\n}\nfragment F on Node {\n  child { x: name } }")).GetProperty("errors")[0];

        Assert.Equal(["message", "locations", "path", "extensions"], error.EnumerateObject().Select(m => m.Name));
        Assert.Equal(JsonValueKind.String, error.GetProperty("message").ValueKind);
        Assert.Equal("""[{"line":3,"column":13},{"line":8,"column":11}]""", error.GetProperty("locations").GetRawText());
        Assert.Equal("""["node","child","x"]""", error.GetProperty("path").GetRawText());
        Assert.Equal("""{"code":"INTERNAL_SERVER_ERROR"}""", error.GetProperty("extensions").GetRawText());
    }

    [Theory]
    [SpecSection("sec-Serialization-Format")]
    [SpecSection("sec-JSON-Serialization")]
    [InlineData("text", "\"a \\\"b\\\" \\\\ \\n \\u0001 ü 😀\"")]
    [InlineData("empty", "\"\"")]
    [InlineData("yes", "true")]
    [InlineData("int", "-2147483648")]
    [InlineData("float", "1.5")]
    [InlineData("large", "1E+100")]
    [InlineData("id", "\"7\"")]
    [InlineData("kind", "\"LARGE\"")]
    [InlineData("nothing", "null")]
    [InlineData("list", "[1,null,3]")]
    [InlineData("matrix", "[[1],[]]")]
    [InlineData("self { yes }", "{\"yes\":true}")]
    public async Task Is_json_of_the_kind_that_stands_for_the_value(string selection, string json)
    {
        var self = Object<object>("Self", Now("yes", Flag, _ => true));
        var schema = new Schema(Object(
            "Query",
            Now("text", Text, _ => "a \"b\" \\ \n \u0001 ü 😀"),
            Now("empty", Text, _ => ""),
            Now("yes", Flag, _ => true),
            Now("int", Int, _ => int.MinValue),
            Now("float", BuiltInScalars.Float, _ => 1.5),
            Now("large", BuiltInScalars.Float, _ => 1e100),
            Now("id", BuiltInScalars.Id, _ => 7),
            Now("kind", new EnumType("Kind", [new("LARGE")]), _ => "LARGE"),
            Now("nothing", Int, _ => null),
            Now("list", Int.List(), _ => new object?[] { 1, null, 3 }),
            Now("matrix", Int.List().List(), _ => new[] { [1], Array.Empty<int>() }),
            Now("self", self, _ => "self")));

        var answer = await Run.Async(schema, $"{{ {selection} }}");

        var member = Assert.Single(JsonElement.Parse(answer).GetProperty("data").EnumerateObject());
        Assert.Equal(JsonSerializer.Serialize(JsonElement.Parse(json)), JsonSerializer.Serialize(member.Value));
        Assert.Equal(JsonElement.Parse(json).ValueKind, member.Value.ValueKind);
    }

    [Theory]
    [SpecSection("sec-Serialized-Map-Ordering")]
    [InlineData("{ node { child { name } name __typename x: name } }", "child,name,__typename,x")]
    [InlineData("{ node { x: name child { name } name __typename } }", "x,child,name,__typename")]
    public async Task Keeps_the_order_of_the_selection(string document, string members)
        => Assert.Equal(members, string.Join(',', (await Answer(document)).GetProperty("data").GetProperty("node").EnumerateObject().Select(m => m.Name)));

    private static async Task<JsonElement> Answer(string document)
        => JsonElement.Parse((await Run.Async(new GraphQLExecutor(Node.Schema(Broken)), GraphQLRequest.For(document))).Text);
}

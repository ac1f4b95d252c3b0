using System.Text.Encodings.Web;
using System.Text.Json;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;
using Apc.GraphQL.Types.Scalars;
using static Apc.GraphQL.Tests.Execution.Fields;

namespace Apc.GraphQL.Tests.Execution;

[SpecSection("sec-Coercing-Variable-Values")]
public class VariableCoercionTests
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly EnumType ColorEnum = new("Color", [new("RED"), new("GREEN")]);

    private static readonly InputObjectType FilterInput = new("Filter", () =>
    [
        Argument("text", Text.Required()),
        Argument("size", Int, "10"),
        Argument("tags", Text.Required().List()),
        Argument("inner", FilterInput!),
    ]);

    private static readonly Schema Schema = new(Object(
        "Query",
        Now("int", Text, Show, Argument("x", Int)),
        Now("required", Text, Show, Argument("x", Int.Required())),
        Now("withDefault", Text, Show, Argument("x", Int, "7")),
        Now("list", Text, Show, Argument("x", Int.List())),
        Now("color", Text, Show, Argument("x", ColorEnum)),
        Now("filter", Text, Show, Argument("x", FilterInput)),
        Now("json", Text, Show, Argument("x", new JsonScalar()))));

    [Theory]
    [InlineData("Int", "int", """{"v":3}""", "3")]
    [InlineData("Int", "int", """{"v":null}""", "null")]
    [InlineData("Int", "int", """{}""", "absent")]
    [InlineData("Int", "int", "", "absent")]
    [InlineData("Int", "int", "null", "absent")]
    [InlineData("Int", "int", """{"other":true}""", "absent")]
    [InlineData("Int = 5", "int", """{}""", "5")]
    [InlineData("Int = 5", "int", """{"v":null}""", "null")]
    [InlineData("Int = 5", "int", """{"v":6}""", "6")]
    [InlineData("Int = null", "int", """{}""", "null")]
    [InlineData("Int = 5", "required", """{}""", "5")]
    [InlineData("Int", "withDefault", """{}""", "7")]
    [InlineData("Int", "withDefault", """{"v":null}""", "null")]
    [InlineData("Int!", "int", """{"v":3}""", "3")]
    [InlineData("[Int]", "list", """{"v":[1,null,3]}""", "[1,null,3]")]
    [InlineData("[Int]", "list", """{"v":4}""", "[4]")]
    [InlineData("Color", "color", """{"v":"GREEN"}""", "GREEN")]
    [InlineData("Filter", "filter", """{"v":{"text":"a"}}""", "{text:a,size:10}")]
    [InlineData("Filter", "filter", """{"v":{"text":"a","size":null,"tags":["b"],"inner":{"text":"c"}}}""", "{text:a,size:null,tags:[b],inner:{text:c,size:10}}")]
    public async Task Coerces(string type, string field, string variables, string shown) => Assert.Equal(
        Expect.Data($$"""{"{{field}}":"{{shown}}"}"""), await Run.Async(Schema, $"query ($v: {type}) {{ {field}(x: $v) }}", variables));

    [Theory]
    [InlineData("Int!", "int", """{}""", "Variable \"$v\" of required type \"Int!\" was not provided.")]
    [InlineData("Int!", "int", """{"v":null}""", "Variable \"$v\" of non-null type \"Int!\" must not be null.")]
    [InlineData("Int", "int", """{"v":"3"}""", "Variable \"$v\" got invalid value \"3\"; Int cannot represent non-integer value: \"3\"")]
    [InlineData("Int", "int", """{"v":2147483648}""", "Variable \"$v\" got invalid value 2147483648; Int cannot represent non 32-bit signed integer value: 2147483648")]
    [InlineData("[Int]", "list", """{"v":[1,"b"]}""", "Variable \"$v\" got invalid value \"b\" at \"v[1]\"; Int cannot represent non-integer value: \"b\"")]
    [InlineData("Color", "color", """{"v":"GREY"}""", "Variable \"$v\" got invalid value \"GREY\"; Value \"GREY\" does not exist in \"Color\" enum. Did you mean the enum value \"GREEN\" or \"RED\"?")]
    [InlineData("Filter", "filter", """{"v":{"text":null}}""", "Variable \"$v\" got invalid value null at \"v.text\"; Expected non-nullable type \"String!\" not to be null.")]
    [InlineData("Filter", "filter", """{"v":{"size":1}}""", "Variable \"$v\" got invalid value { size: 1 }; Field \"text\" of required type \"String!\" was not provided.")]
    [InlineData("Filter", "filter", """{"v":{"text":"a","txt":1}}""", "Variable \"$v\" got invalid value { text: \"a\", txt: 1 }; Field \"txt\" is not defined by type \"Filter\". Did you mean \"text\"?")]
    [InlineData("Filter", "filter", """{"v":{"text":"a","inner":{"text":"b","tags":["c",null]}}}""", "Variable \"$v\" got invalid value null at \"v.inner.tags[1]\"; Expected non-nullable type \"String!\" not to be null.")]
    public async Task Refuses(string type, string field, string variables, string message)
    {
        var answer = await Run.Async(new GraphQLExecutor(Schema), GraphQLRequest.For($"query ($v: {type}) {{ {field}(x: $v) }}", variables));

        Assert.Equal(Expect.Refused(Expect.Error(message, "BAD_USER_INPUT", [(1, 8)])), answer.Text);
        Assert.Equal(ResponseKind.VariablesInvalid, answer.Response.Kind);
    }

    [Fact]
    public async Task Reports_everything_that_is_wrong_at_once() => Assert.Equal(
        Expect.Refused(
            Expect.Error("Variable \"$a\" of required type \"Int!\" was not provided.", "BAD_USER_INPUT", [(1, 8)]),
            Expect.Error("Variable \"$b\" got invalid value \"x\" at \"b[0]\"; Int cannot represent non-integer value: \"x\"", "BAD_USER_INPUT", [(1, 19)]),
            Expect.Error("Variable \"$b\" got invalid value \"y\" at \"b[1]\"; Int cannot represent non-integer value: \"y\"", "BAD_USER_INPUT", [(1, 19)])),
        await Run.Async(Schema, "query ($a: Int!,  $b: [Int]) { int(x: $a) list(x: $b) }", """{"b":["x","y"]}"""));

    [Fact]
    public async Task Gives_up_after_fifty_problems_in_many_variables()
    {
        var names = Enumerable.Range(0, 200).Select(i => $"v{i}").ToArray();
        var answer = await Run.Async(
            Schema,
            $"query ({string.Join(' ', names.Select(n => $"${n}: Int!"))}) {{ list(x: [{string.Join(' ', names.Select(n => $"${n}"))}]) }}",
            $"{{{string.Join(',', names.Select(n => $"\"{n}\":\"x\""))}}}");

        Assert.Equal(51, JsonDocument.Parse(answer).RootElement.GetProperty("errors").GetArrayLength());
        Assert.Contains("Too many errors processing variables", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_each_of_many_variables_and_of_several_values_the_last()
    {
        var names = Enumerable.Range(0, 100).Select(i => $"v{i}").ToArray();
        var answer = await Run.Async(
            Schema,
            $"query ({string.Join(' ', names.Select(n => $"${n}: Int"))}) {{ list(x: [{string.Join(' ', names.Select(n => $"${n}"))}]) }}",
            $"{{\"v7\":1,{string.Join(',', names.Select(n => $"\"{n}\":{n[1..]}"))},\"\\u0076\u0038\":800,\"\\ud800\":1}}");

        Assert.Equal(Expect.Data($"{{\"list\":\"[{string.Join(",", names.Select(n => n == "v8" ? "800" : n[1..]))}]\"}}"), answer.Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Repeats_no_more_than_the_beginning_of_a_value()
    {
        var text = await Run.Async(Schema, "query ($v: Int) { int(x: $v) }", $$"""{"v":"{{new string('x', 100_000)}}"}""");
        var members = await Run.Async(
            Schema, "query ($v: Int) { int(x: $v) }", "{\"v\":{" + string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"\"m{i}\":1")) + "}}");

        Assert.All([text, members], answer => Assert.InRange(answer.Length, 800, 2_500));
        Assert.All([text, members], answer => Assert.Contains("…", answer, StringComparison.Ordinal));
        Assert.All([text, members], answer => Assert.Contains("Int cannot represent non-integer value", answer, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Names_unknown_members_even_where_their_names_are_half_a_surrogate_pair()
        => Assert.Contains(
            "is not defined by type \\\"Filter\\\"",
            await Run.Async(Schema, "query ($v: Filter) { filter(x: $v) }", """{"v":{"\ud800":1}}"""),
            StringComparison.Ordinal);

    [Fact]
    public async Task Gives_up_after_fifty_problems()
    {
        var variables = $$"""{"v":[{{string.Join(',', Enumerable.Repeat("\"x\"", 60))}}]}""";

        var answer = await Run.Async(Schema, "query ($v: [Int]) { list(x: $v) }", variables);

        Assert.Contains("at \\\"v[49]\\\"", answer, StringComparison.Ordinal);
        Assert.EndsWith(
            Expect.Error("Too many errors processing variables, error limit reached. Execution aborted.", "BAD_USER_INPUT", []) + "]}",
            answer,
            StringComparison.Ordinal);
        Assert.DoesNotContain("v[50]", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("\"{}\"")]
    [InlineData("{\"v\":")]
    public async Task Refuses_variables_that_are_no_object(string variables) => Assert.Equal(
        Expect.Refused(Expect.Error(
            "Variables must be provided as an Object where each property is a variable value. "
            + "Perhaps look to see if an unparsed JSON string was provided.",
            "BAD_USER_INPUT",
            [])),
        await Run.Async(Schema, "query ($v: Int) { int(x: $v) }", variables));

    [Fact]
    public async Task Ignores_variables_of_an_operation_that_declares_none()
        => Assert.Equal(Expect.Data("""{"int":"1"}"""), await Run.Async(Schema, "{ int(x: 1) }", "[not even JSON"));

    [Theory]
    [InlineData("{a: $v}", "JSON", """{"v":[1,{"b":2}]}""", """{"a":[1,{"b":2}]}""")]
    [InlineData("{a: $v, b: $v}", "Int = 3", "{}", """{"a":3,"b":3}""")]
    [InlineData("[{a: $v}]", "Color = RED", "{}", """[{"a":"RED"}]""")]
    [InlineData("{a: 1, b: $v}", "Int", "{}", """{"a":1}""")]
    public async Task Hands_variables_to_scalars_that_hold_them_in_literals(string literal, string type, string variables, string json)
    {
        var answer = await Run.Async(Schema, $"query ($v: {type}) {{ json(x: {literal}) }}", variables);
        Assert.Equal(Expect.Data($"{{\"json\":{JsonSerializer.Serialize(json, Relaxed)}}}"), answer);
    }

    private static string Show(ResolverContext context) => Show(context.Arguments[0]);

    private static string Show(object? value) => value switch
    {
        null => "null",
        Absent => "absent",
        object?[] list => $"[{string.Join(',', list.Select(Show))}]",
        IReadOnlyDictionary<string, object?> fields => $"{{{string.Join(',', fields.Select(f => $"{f.Key}:{Show(f.Value)}"))}}}",
        _ => value.ToString()!,
    };
}

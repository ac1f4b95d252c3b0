using System.Text;
using System.Text.Json;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.Tests.Types.Scalars;

public class JsonScalarTests
{
    private static readonly JsonScalar Json = new();

    [Theory]
    [InlineData("""{"b": [1.50, {"a": null}], "a": "é"}""")]
    [InlineData("1e400")]
    [InlineData("\"text\"")]
    [InlineData("false")]
    public void Keeps_variables_as_they_were_sent(string json) => Assert.Equal(json, Coerced.Variable(Json, json));

    [Fact]
    public void Gives_values_that_outlive_their_document()
    {
        object value;

        using (var document = JsonDocument.Parse("[1]"))
        {
            value = Json.ParseValue(document.RootElement);
        }

        Assert.Equal("[1]", Coerced.Result(Json, value));
    }

    [Theory]
    [InlineData("""{a: [1, 2.50, -3e10], b: {c: null}, d: "x\ny", e: true}""", """{"a":[1,2.50,-3e10],"b":{"c":null},"d":"x\ny","e":true}""")]
    [InlineData("{}", "{}")]
    [InlineData("[]", "[]")]
    [InlineData("1", "1")]
    [InlineData("[PLAIN]", "JSON cannot represent value: PLAIN")]
    public void Reads_literals(string literal, string outcome) => Assert.Equal(outcome, Coerced.Literal(Json, literal));

    [Fact]
    public void Reads_literals_with_variables_inside()
    {
        var variables = new JsonVariables { ["known"] = """{"x": 1.0}""", ["nothing"] = "null" };

        Assert.Equal(
            """{"a":{"x": 1.0},"b":[null,{"x": 1.0},null]}""",
            Coerced.Literal(Json, "{a: $known, b: [$nothing, $known, $missing], c: $missing}", variables));
    }

    [Fact]
    public void Reads_literals_with_variables_while_a_document_is_validated()
        => Assert.Equal("""{"a":null}""", Coerced.Literal(Json, "{a: $unknown}", variables: null));

    [Fact]
    public void Reads_literals_as_deep_as_the_parser_does()
        => Assert.Equal(new string('[', 150) + new string(']', 150), Coerced.Literal(Json, new string('[', 150) + new string(']', 150)));

    public static TheoryData<object, string> Results => new()
    {
        { Encoding.UTF8.GetBytes("{ \"a\":1.0 }"), "{ \"a\":1.0 }" },
        { new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes("[1 ]")), "[1 ]" },
        { Array.Empty<byte>(), "null" },
        { JsonElement.Parse("[ 1.00 ]"), "[ 1.00 ]" },
        { JsonDocument.Parse("{ }"), "{ }" },
        { default(JsonElement), "null" },
        { "text", "\"text\"" },
        { 1.5m, "1.5" },
        { new Dictionary<string, object?> { ["a"] = 1, ["b"] = new object?[] { true, null, "x" } }, """{"a":1,"b":[true,null,"x"]}""" },
        { Array.Empty<int>(), "[]" },
        { double.NaN, "JSON cannot represent value: NaN" },
        { new Version(1, 2), "JSON cannot represent value: 1.2" },
    };

    [Theory]
    [MemberData(nameof(Results))]
    public void Writes_results(object value, string outcome) => Assert.Equal(outcome, Coerced.Result(Json, value));

    [Fact]
    public void Writes_bytes_and_elements_without_detour()
    {
        Assert.Equal("[ 1]", Coerced.Typed(Json, Encoding.UTF8.GetBytes("[ 1]")));
        Assert.Equal("[ 1]", Coerced.Typed<ReadOnlyMemory<byte>?>(Json, Encoding.UTF8.GetBytes("[ 1]")));
        Assert.Equal("[ 1]", Coerced.Typed(Json, JsonElement.Parse("[ 1]")));
    }

    private sealed class JsonVariables : Dictionary<string, string>, IVariableValues
    {
        public bool TryGetValue(string name, out object? value)
        {
            value = TryGetJson(name, out var json) ? json : null;
            return ContainsKey(name);
        }

        public bool TryGetJson(string name, out JsonElement value)
        {
            var known = TryGetValue(name, out string? json);
            value = known ? JsonElement.Parse(json!) : default;
            return known;
        }
    }
}

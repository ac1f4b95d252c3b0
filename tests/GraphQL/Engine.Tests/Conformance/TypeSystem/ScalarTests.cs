using System.Text.Json;
using Apc.GraphQL.Json;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Sdl;
using Apc.GraphQL.Tests.Execution;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Scalars;
using static Apc.GraphQL.Tests.Execution.Fields;

namespace Apc.GraphQL.Tests.Conformance.TypeSystem;

[SpecSection("sec-Scalars")]
public sealed class ScalarTests
{
    private static readonly CelsiusScalar Celsius = new();

    private static readonly Schema Weather = new(Object(
        "Query",
        Now("warmer", Celsius, c => (decimal)c.Arguments[0]! + 1, Argument("than", Celsius)),
        Now("hot", Celsius, _ => "very")));

    [Fact]
    [SpecSection("sec-Scalars.Built-in-Scalars")]
    public void Include_five_that_need_no_definition()
        => Assert.Equal(["String", "Int", "Float", "Boolean", "ID"], BuiltInScalars.All.Select(s => s.Name));

    [Fact]
    [SpecSection("sec-Scalars.Built-in-Scalars")]
    public void Are_listed_where_they_are_used_beside_those_of_introspection()
        => Assert.Equal(["Int", "Boolean", "String"], SdlText.Schema("").Types.Values.OfType<ScalarType>().Select(s => s.Name));

    [Fact]
    [SpecSection("sec-Scalars.Built-in-Scalars")]
    public void Stay_what_they_are_where_a_text_defines_them_anew()
        => Assert.Same(BuiltInScalars.Int, SdlText.Schema("scalar Int type T { a: Int }").Types["Int"]);

    [Fact]
    [SpecSection("sec-Scalars.Custom-Scalars")]
    [SpecSection("sec--specifiedBy")]
    public async Task May_be_of_any_kind_and_say_where_they_are_specified()
    {
        var schema = SdlText.Schema("\"An address.\" scalar Url @specifiedBy(url: \"https://example.org/url\") scalar Other");

        Assert.Equal(("https://example.org/url", null), (((ScalarType)schema.Types["Url"]).SpecifiedBy, ((ScalarType)schema.Types["Other"]).SpecifiedBy));
        Assert.Equal(
            Expect.Data("""{"url":{"kind":"SCALAR","specifiedByURL":"https://example.org/url"},"other":{"kind":"SCALAR","specifiedByURL":null}}"""),
            await Run.Async(schema, "{ url: __type(name: \"Url\") { kind specifiedByURL } other: __type(name: \"Other\") { kind specifiedByURL } }"));
        Assert.Equal("scalar Url @specifiedBy(url: \"https://example.org/url\")", SchemaPrinter.Print(schema.Types["Url"]).Split('\n')[1]);
    }

    [Fact]
    [SpecSection("sec-Scalars.Result-Coercion-and-Serialization")]
    public async Task Decide_how_results_are_written_and_which_fail() => Assert.Equal(
        Expect.Failed("""{"warmer":"21.5 °C","hot":null}""", Expect.Error("Celsius cannot represent very.", 30, "hot")),
        await Run.Async(Weather, "{ warmer(than: \"20.5\")       hot }"));

    [Theory]
    [SpecSection("sec-Scalars.Input-Coercion")]
    [InlineData("{ warmer(than: 1) }", null)]
    [InlineData("{ warmer(than: \"1\") }", null)]
    [InlineData("query ($v: Celsius) { warmer(than: $v) }", """{"v":1}""")]
    [InlineData("query ($v: Celsius = 1) { warmer(than: $v) }", null)]
    public async Task Decide_how_literals_and_variables_are_read(string document, string? variables)
        => Assert.Equal(Expect.Data("""{"warmer":"2 °C"}"""), await Run.Async(Weather, document, variables));

    [Theory]
    [SpecSection("sec-Scalars.Input-Coercion")]
    [InlineData(
        "{ warmer(than: true) }", null, "Celsius cannot be true.", "GRAPHQL_VALIDATION_FAILED", 16)]
    [InlineData(
        "query ($v: Celsius) { warmer(than: $v) }",
        """{"v":true}""",
        "Variable \"$v\" got invalid value true; Celsius cannot be true.",
        "BAD_USER_INPUT",
        8)]
    public async Task Refuse_what_they_cannot_read(string document, string? variables, string message, string code, int column)
        => Assert.Equal(Expect.Refused(Expect.Error(message, code, [(1, column)])), await Run.Async(Weather, document, variables));

    /// <summary>Temperatures, read from numbers and texts and written with their unit.</summary>
    private sealed class CelsiusScalar() : ScalarType("Celsius")
    {
        public override object? ParseValue(JsonElement value) => Parse(value.ToString()) ?? throw new CoercionException("Celsius cannot be true.");

        public override object? ParseLiteral(ValueNode literal, IVariableValues? variables) => literal switch
        {
            IntValueNode number => Parse(number.Value),
            StringValueNode text => Parse(text.Value),
            _ => throw new CoercionException("Celsius cannot be true."),
        };

        public override void Write(JsonWriter writer, object value)
            => writer.WriteString(value is decimal degrees ? FormattableString.Invariant($"{degrees} °C") : throw new CoercionException($"Celsius cannot represent {value}."));

        private static decimal? Parse(string text)
            => decimal.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var degrees) ? degrees : null;
    }
}

using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.Tests.Types.Scalars;

[SpecSection("sec-String")]
public class StringScalarTests
{
    [Theory]
    [SpecSection("sec-String.Input-Coercion")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("\"caf\\u00e9 \\\"x\\\"\"", "\"café \\\"x\\\"\"")]
    [InlineData("1", "String cannot represent a non string value: 1")]
    [InlineData("1e21", "String cannot represent a non string value: 1e+21")]
    [InlineData("0.0000001", "String cannot represent a non string value: 1e-7")]
    [InlineData("true", "String cannot represent a non string value: true")]
    [InlineData("{}", "String cannot represent a non string value: {}")]
    public void Reads_variables(string json, string outcome) => Assert.Equal(outcome, Coerced.Variable(BuiltInScalars.String, json));

    [Theory]
    [SpecSection("sec-String.Input-Coercion")]
    [InlineData("\"a\\nb\"", "\"a\\nb\"")]
    [InlineData("\"\"\"block\"\"\"", "\"block\"")]
    [InlineData("1", "String cannot represent a non string value: 1")]
    [InlineData("PLAIN", "String cannot represent a non string value: PLAIN")]
    public void Reads_literals(string literal, string outcome) => Assert.Equal(outcome, Coerced.Literal(BuiltInScalars.String, literal));

    public static TheoryData<object, string> Results => new()
    {
        { "text", "\"text\"" },
        { 'c', "\"c\"" },
        { true, "\"true\"" },
        { 1.5, "\"1.5\"" },
        { 1e21, "\"1e+21\"" },
        { 12L, "\"12\"" },
        { new Guid("01980000-0000-7000-8000-00000000abcd"), "\"01980000-0000-7000-8000-00000000abcd\"" },
        { new Uri("https://example.org/a b"), "\"https://example.org/a b\"" },
        { double.NaN, "String cannot represent value: NaN" },
        { new Dictionary<string, object?> { ["a"] = 1 }, "String cannot represent value: { a: 1 }" },
        { new StringScalarTests(), "String cannot represent value: [StringScalarTests]" },
    };

    [Theory]
    [SpecSection("sec-String.Result-Coercion")]
    [MemberData(nameof(Results))]
    public void Writes_results(object value, string outcome) => Assert.Equal(outcome, Coerced.Result(BuiltInScalars.String, value));

    [Fact]
    public void Writes_texts_without_detour() => Assert.Equal("\"tab\\t\"", Coerced.Typed(BuiltInScalars.String, "tab\t"));
}

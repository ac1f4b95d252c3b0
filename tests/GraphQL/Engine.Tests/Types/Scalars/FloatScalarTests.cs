using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.Tests.Types.Scalars;

[SpecSection("sec-Float")]
public class FloatScalarTests
{
    [Theory]
    [SpecSection("sec-Float.Input-Coercion")]
    [InlineData("1", "1")]
    [InlineData("-0.5", "-0.5")]
    [InlineData("-0", "0")]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("1e999", "Float cannot represent non numeric value: Infinity")]
    [InlineData("\"1\"", "Float cannot represent non numeric value: \"1\"")]
    [InlineData("false", "Float cannot represent non numeric value: false")]
    [InlineData("[]", "Float cannot represent non numeric value: []")]
    public void Reads_variables(string json, string outcome) => Assert.Equal(outcome, Coerced.Variable(BuiltInScalars.Float, json));

    [Theory]
    [SpecSection("sec-Float.Input-Coercion")]
    [InlineData("1", "1")]
    [InlineData("6.0221413e3", "6022.1413")]
    [InlineData("\"1.5\"", "Float cannot represent non numeric value: \"1.5\"")]
    [InlineData("NAN", "Float cannot represent non numeric value: NAN")]
    [InlineData("{}", "Float cannot represent non numeric value: {}")]
    public void Reads_literals(string literal, string outcome) => Assert.Equal(outcome, Coerced.Literal(BuiltInScalars.Float, literal));

    public static TheoryData<object, string> Results => new()
    {
        { 0.1, "0.1" },
        { 0.1f, "0.1" },
        { 1.50m, "1.50" },
        { 18446744073709551615UL, "18446744073709551615" },
        { true, "1" },
        { "2.5", "2.5" },
        { "", "Float cannot represent non numeric value: \"\"" },
        { double.NegativeInfinity, "Float cannot represent non numeric value: -Infinity" },
        { float.NaN, "Float cannot represent non numeric value: NaN" },
        { new object[] { "a", 1 }, "Float cannot represent non numeric value: [\"a\", 1]" },
    };

    [Theory]
    [SpecSection("sec-Float.Result-Coercion")]
    [MemberData(nameof(Results))]
    public void Writes_results(object value, string outcome) => Assert.Equal(outcome, Coerced.Result(BuiltInScalars.Float, value));

    [Fact]
    public void Writes_numbers_without_boxing()
    {
        Assert.Equal("0.25", Coerced.Typed(BuiltInScalars.Float, 0.25));
        Assert.Equal("0.1", Coerced.Typed(BuiltInScalars.Float, 0.1f));
        Assert.Equal("3.10", Coerced.Typed<decimal?>(BuiltInScalars.Float, 3.10m));
        Assert.Equal("Float cannot represent non numeric value: Infinity", Coerced.Typed(BuiltInScalars.Float, double.PositiveInfinity));
    }
}

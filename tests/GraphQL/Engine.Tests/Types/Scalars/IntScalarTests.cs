using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.Tests.Types.Scalars;

[SpecSection("sec-Int")]
public class IntScalarTests
{
    [Theory]
    [SpecSection("sec-Int.Input-Coercion")]
    [InlineData("0", "0")]
    [InlineData("-2147483648", "-2147483648")]
    [InlineData("2147483647", "2147483647")]
    [InlineData("1.0", "1")]
    [InlineData("1e3", "1000")]
    [InlineData("-0", "0")]
    [InlineData("2147483648", "Int cannot represent non 32-bit signed integer value: 2147483648")]
    [InlineData("-2147483649", "Int cannot represent non 32-bit signed integer value: -2147483649")]
    [InlineData("1e100", "Int cannot represent non 32-bit signed integer value: 1e+100")]
    [InlineData("1e999", "Int cannot represent non-integer value: Infinity")]
    [InlineData("0.5", "Int cannot represent non-integer value: 0.5")]
    [InlineData("\"1\"", "Int cannot represent non-integer value: \"1\"")]
    [InlineData("true", "Int cannot represent non-integer value: true")]
    [InlineData("[1, [2]]", "Int cannot represent non-integer value: [1, [2]]")]
    [InlineData("""{"a": 1, "b": null}""", "Int cannot represent non-integer value: { a: 1, b: null }")]
    public void Reads_variables(string json, string outcome) => Assert.Equal(outcome, Coerced.Variable(BuiltInScalars.Int, json));

    [Theory]
    [SpecSection("sec-Int.Input-Coercion")]
    [InlineData("7", "7")]
    [InlineData("-2147483648", "-2147483648")]
    [InlineData("2147483648", "Int cannot represent non 32-bit signed integer value: 2147483648")]
    [InlineData("123456789012345678901234567890", "Int cannot represent non 32-bit signed integer value: 123456789012345678901234567890")]
    [InlineData("1.0", "Int cannot represent non-integer value: 1.0")]
    [InlineData("\"1\"", "Int cannot represent non-integer value: \"1\"")]
    [InlineData("ONE", "Int cannot represent non-integer value: ONE")]
    [InlineData("[1, {a: \"b\"}]", "Int cannot represent non-integer value: [1, {a: \"b\"}]")]
    public void Reads_literals(string literal, string outcome) => Assert.Equal(outcome, Coerced.Literal(BuiltInScalars.Int, literal));

    [Theory]
    [SpecSection("sec-Int.Result-Coercion")]
    [InlineData(1, "1")]
    [InlineData((short)-3, "-3")]
    [InlineData(2147483647L, "2147483647")]
    [InlineData(2147483648L, "Int cannot represent non 32-bit signed integer value: 2147483648")]
    [InlineData(5.0, "5")]
    [InlineData(5.5, "Int cannot represent non-integer value: 5.5")]
    [InlineData(double.NaN, "Int cannot represent non-integer value: NaN")]
    [InlineData(true, "1")]
    [InlineData("100", "100")]
    [InlineData("", "Int cannot represent non-integer value: \"\"")]
    [InlineData("one", "Int cannot represent non-integer value: \"one\"")]
    [InlineData(new[] { 1 }, "Int cannot represent non-integer value: [1]")]
    public void Writes_results(object value, string outcome) => Assert.Equal(outcome, Coerced.Result(BuiltInScalars.Int, value));

    [Fact]
    public void Writes_numbers_without_boxing()
    {
        Assert.Equal("-5", Coerced.Typed(BuiltInScalars.Int, -5));
        Assert.Equal("5", Coerced.Typed<int?>(BuiltInScalars.Int, 5));
        Assert.Equal("5", Coerced.Typed(BuiltInScalars.Int, 5L));
        Assert.Equal(
            "Int cannot represent non 32-bit signed integer value: 3000000000", Coerced.Typed(BuiltInScalars.Int, 3_000_000_000L));
        Assert.Null(BuiltInScalars.Int.WriterFor<Guid>());
    }
}

using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.Tests.Types.Scalars;

[SpecSection("sec-Boolean")]
public class BooleanScalarTests
{
    [Theory]
    [SpecSection("sec-Boolean.Input-Coercion")]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("0", "Boolean cannot represent a non boolean value: 0")]
    [InlineData("\"true\"", "Boolean cannot represent a non boolean value: \"true\"")]
    public void Reads_variables(string json, string outcome) => Assert.Equal(outcome, Coerced.Variable(BuiltInScalars.Boolean, json));

    [Theory]
    [SpecSection("sec-Boolean.Input-Coercion")]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("TRUE", "Boolean cannot represent a non boolean value: TRUE")]
    [InlineData("1", "Boolean cannot represent a non boolean value: 1")]
    public void Reads_literals(string literal, string outcome) => Assert.Equal(outcome, Coerced.Literal(BuiltInScalars.Boolean, literal));

    [Theory]
    [SpecSection("sec-Boolean.Result-Coercion")]
    [InlineData(true, "true")]
    [InlineData(0, "false")]
    [InlineData(0.5, "true")]
    [InlineData(double.NaN, "Boolean cannot represent a non boolean value: NaN")]
    [InlineData("true", "Boolean cannot represent a non boolean value: \"true\"")]
    public void Writes_results(object value, string outcome) => Assert.Equal(outcome, Coerced.Result(BuiltInScalars.Boolean, value));

    [Fact]
    public void Writes_flags_without_boxing()
    {
        Assert.Equal("true", Coerced.Typed(BuiltInScalars.Boolean, true));
        Assert.Equal("false", Coerced.Typed<bool?>(BuiltInScalars.Boolean, false));
    }
}

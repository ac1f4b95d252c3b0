using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.Tests.Types.Scalars;

[SpecSection("sec-ID")]
public class IdScalarTests
{
    [Theory]
    [SpecSection("sec-ID.Input-Coercion")]
    [InlineData("\"abc\"", "\"abc\"")]
    [InlineData("7", "\"7\"")]
    [InlineData("1.0", "\"1\"")]
    [InlineData("1e21", "\"1e+21\"")]
    [InlineData("1.5", "ID cannot represent value: 1.5")]
    [InlineData("true", "ID cannot represent value: true")]
    [InlineData("[\"a\"]", "ID cannot represent value: [\"a\"]")]
    public void Reads_variables(string json, string outcome) => Assert.Equal(outcome, Coerced.Variable(BuiltInScalars.Id, json));

    [Fact]
    public void Keeps_the_digits_of_whole_numbers_that_a_double_would_round()
        => Assert.Equal("\"9007199254740993\"", Coerced.Variable(BuiltInScalars.Id, "9007199254740993"));

    [Theory]
    [SpecSection("sec-ID.Input-Coercion")]
    [InlineData("\"abc\"", "\"abc\"")]
    [InlineData("123456789012345678901", "\"123456789012345678901\"")]
    [InlineData("1.5", "ID cannot represent a non-string and non-integer value: 1.5")]
    [InlineData("ABC", "ID cannot represent a non-string and non-integer value: ABC")]
    public void Reads_literals(string literal, string outcome) => Assert.Equal(outcome, Coerced.Literal(BuiltInScalars.Id, literal));

    public static TheoryData<object, string> Results => new()
    {
        { "abc", "\"abc\"" },
        { 7, "\"7\"" },
        { long.MaxValue, "\"9223372036854775807\"" },
        { 7.0, "\"7\"" },
        { new Guid("01980000-0000-7000-8000-00000000abcd"), "\"01980000-0000-7000-8000-00000000abcd\"" },
        { 7.5, "ID cannot represent value: 7.5" },
        { true, "ID cannot represent value: true" },
    };

    [Theory]
    [SpecSection("sec-ID.Result-Coercion")]
    [MemberData(nameof(Results))]
    public void Writes_results(object value, string outcome) => Assert.Equal(outcome, Coerced.Result(BuiltInScalars.Id, value));

    [Fact]
    public void Writes_ids_without_boxing()
    {
        Assert.Equal("\"-7\"", Coerced.Typed(BuiltInScalars.Id, -7L));
        Assert.Equal(
            "\"01980000-0000-7000-8000-00000000abcd\"",
            Coerced.Typed<Guid?>(BuiltInScalars.Id, new Guid("01980000-0000-7000-8000-00000000ABCD")));
    }
}

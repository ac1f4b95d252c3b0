using System.Text;
using Apc.GraphQL.Validation.Limits;

namespace Apc.GraphQL.Tests.Validation.Limits;

public class VariableLimitTests
{
    private static readonly DocumentLimits FourValues = new() { MaxVariableValues = 4 };

    [Theory]
    [InlineData("""{"a":1,"b":[2,3]}""")]
    [InlineData("""{"a":{"b":{"c":{"d":"a long text with [ and , and { in it"}}}}""")]
    [InlineData("""{"a":1,"b":2,"c":null,"d":"x"}""")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("[1, 2, 3, 4")]
    public void Accepts_four_values(string json) => Assert.Null(Check(json));

    [Theory]
    [InlineData("""{"a":1,"b":[2,3,4]}""")]
    [InlineData("""{"a":{"b":{"c":{"d":[null]}}}}""")]
    [InlineData("""{"a":1,"b":2,"c":null,"d":"x","d":"x"}""")]
    [InlineData("""{"a":[[],[],{},{}]}""")]
    public void Refuses_five_values(string json)
        => Assert.Equal("The variables hold too many values; at most 4 are allowed.", Check(json));

    [Fact]
    public void Accepts_twenty_thousand_values_unless_told_otherwise()
    {
        Assert.Null(VariableLimit.Check(Encoding.UTF8.GetBytes(List(19_999)), DocumentLimits.Default));
        Assert.NotNull(VariableLimit.Check(Encoding.UTF8.GetBytes(List(20_000)), DocumentLimits.Default));
    }

    private static string List(int elements) => $$"""{"ids":[{{string.Join(',', Enumerable.Repeat("1", elements))}}]}""";

    private static string? Check(string json) => VariableLimit.Check(Encoding.UTF8.GetBytes(json), FourValues)?.Message;
}

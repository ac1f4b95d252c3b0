using System.Text.Json;
using Apc.GraphQL.Types.Coercion;

namespace Apc.GraphQL.Tests.Types.Coercion;

public class InspectTests
{
    [Theory]
    [InlineData("null", "null")]
    [InlineData("-0", "0")]
    [InlineData("1.50", "1.5")]
    [InlineData("100000000000000000000", "100000000000000000000")]
    [InlineData("123456789012345678901234", "1.2345678901234569e+23")]
    [InlineData("1e23", "1e+23")]
    [InlineData("1.23e-7", "1.23e-7")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("\"\\u0001\\u2028\\\"\\\\\\n\\ud83d\\ude00\"", "\"\\u0001\u2028\\\"\\\\\\n\ud83d\ude00\"")]
    [InlineData("[[[[]]]]", "[[[Array]]]")]
    [InlineData("[[[]]]", "[[[]]]")]
    [InlineData("""{"a":{"b":{"c":1}}}""", "{ a: { b: [Object] } }")]
    [InlineData("""{"a":{"b":{}}}""", "{ a: { b: {} } }")]
    [InlineData("""{"a":[{"b":[1]}]}""", "{ a: [[Object]] }")]
    [InlineData("[1,2,3,4,5,6,7,8,9,10,11]", "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ... 1 more item]")]
    [InlineData("[1,2,3,4,5,6,7,8,9,10,11,12]", "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ... 2 more items]")]
    public void Shows_json_as_the_reference_does(string json, string expected)
        => Assert.Equal(expected, Inspect.Json(JsonElement.Parse(json)));

    public static TheoryData<object?, string> Values => new()
    {
        { null, "null" },
        { true, "true" },
        { 'x', "\"x\"" },
        { 1.5f, "1.5" },
        { double.NegativeInfinity, "-Infinity" },
        { 12.50m, "12.50" },
        { DayOfWeek.Friday, "Friday" },
        { new object?[] { 1, null, "a" }, "[1, null, \"a\"]" },
        { new InspectTests(), "[InspectTests]" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Shows_values_without_telling_their_members(object? value, string expected) => Assert.Equal(expected, Inspect.Value(value));

    [Fact]
    public void Escapes_halves_of_surrogate_pairs() => Assert.Equal("\"\\ud83d\"", Inspect.Quote("\ud83d"));
}

namespace Apc.GraphQL.Tests.Conformance.TypeSystem;

[SpecSection("sec-List")]
public sealed class ListTests
{
    [Theory]
    [SpecSection("sec-List.Input-Coercion")]
    [InlineData("list", "[Int]", "[1, 2, 3]", "[1 2 3]")]
    [InlineData("list", "[Int]", "[]", "[]")]
    [InlineData("list", "[Int]", "1", "[1]")]
    [InlineData("list", "[Int]", "null", "null")]
    [InlineData("list", "[Int]", "[1, null]", "[1 null]")]
    [InlineData("matrix", "[[Int]]", "[[1], [2, 3]]", "[[1] [2 3]]")]
    [InlineData("matrix", "[[Int]]", "[1, 2, 3]", "[[1] [2] [3]]")]
    [InlineData("matrix", "[[Int]]", "[1, null, 3]", "[[1] null [3]]")]
    [InlineData("matrix", "[[Int]]", "[[1], [null], null]", "[[1] [null] null]")]
    [InlineData("matrix", "[[Int]]", "1", "[[1]]")]
    [InlineData("matrix", "[[Int]]", "null", "null")]
    public async Task Take_one_value_for_a_list_of_it(string field, string type, string value, string seen)
    {
        Assert.Equal(seen, await Echo.Seen($"{field}(x: {value})"));
        Assert.Equal(seen, await Echo.Seen($"{field}(x: $v)", $"($v: {type})", $"{{\"v\":{value}}}"));
        Assert.Equal(seen, await Echo.Seen($"{field}(x: $v)", $"($v: {type} = {value})"));
    }

    [Theory]
    [SpecSection("sec-List.Input-Coercion")]
    [InlineData("list", "[Int]", "[1, \"b\", true]", "Int cannot represent non-integer value: \"b\"", "Variable \"$v\" got invalid value \"b\" at \"v[1]\"; Int cannot represent non-integer value: \"b\"")]
    [InlineData("list", "[Int]", "\"b\"", "Int cannot represent non-integer value: \"b\"", "Variable \"$v\" got invalid value \"b\"; Int cannot represent non-integer value: \"b\"")]
    [InlineData("list", "[Int]", "[[1]]", "Int cannot represent non-integer value: [1]", "Variable \"$v\" got invalid value [1] at \"v[0]\"; Int cannot represent non-integer value: [1]")]
    public async Task Refuse_elements_of_another_type(string field, string type, string value, string ofLiteral, string ofVariable)
    {
        Assert.Equal(ofLiteral, await Echo.Seen($"{field}(x: {value})"));
        Assert.Equal(ofVariable, await Echo.Seen($"{field}(x: $v)", $"($v: {type})", $"{{\"v\":{value}}}"));
    }
}

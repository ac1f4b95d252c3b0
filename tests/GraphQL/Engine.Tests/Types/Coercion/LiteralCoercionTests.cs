using System.Text.Json;
using Apc.GraphQL.Language;
using Apc.GraphQL.Sdl;
using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Coercion;

namespace Apc.GraphQL.Tests.Types.Coercion;

[SpecSection("sec-Input-Objects.Input-Coercion")]
public class LiteralCoercionTests
{
    private static readonly Schema Schema = SdlSchemaBuilder.FromSdl(
        """
        type Query { field(point: Point, pick: Pick): Int }
        enum Color { RED GREEN BLUE }
        input Point { x: Int! y: Int = 7 tags: [String!] color: Color nested: Point }
        input Pick @oneOf { a: Int b: String c: Point }
        """);

    [Theory]
    [InlineData("Int", "1", "1")]
    [InlineData("Int", "null", "null")]
    [InlineData("Int!", "null", "invalid")]
    [InlineData("Int", "\"a\"", "invalid")]
    [InlineData("[Int]", "1", "[1]")]
    [InlineData("[Int]", "\"a\"", "invalid")]
    [InlineData("[Int]", "[1, null]", "[1,null]")]
    [InlineData("[Int]", "[1, \"a\"]", "invalid")]
    [InlineData("[Int!]", "[1, null]", "invalid")]
    [InlineData("[[Point]]", "{x: 1}", """[[{"x":1,"y":7}]]""")]
    [InlineData("Point", "{x: 1, y: null}", """{"x":1,"y":null}""")]
    [InlineData("Point", "{y: 2, x: 1}", """{"x":1,"y":2}""")]
    [InlineData("Point", "{}", "invalid")]
    [InlineData("Point", "{x: 1, z: 1}", "invalid")]
    [InlineData("Point", "{x: 1, nested: {x: \"a\"}}", "invalid")]
    [InlineData("Point", "[{x: 1}]", "invalid")]
    [InlineData("Point", "1", "invalid")]
    [InlineData("Color", "RED", "\"RED\"")]
    [InlineData("Color", "\"RED\"", "invalid")]
    [InlineData("Color", "PURPLE", "invalid")]
    [InlineData("Pick", "{a: 1}", """{"a":1}""")]
    [InlineData("Pick", "{a: null}", "invalid")]
    [InlineData("Pick", "{a: 1, b: \"x\"}", "invalid")]
    [InlineData("Pick", "{}", "invalid")]
    public void Coerces_constants(string type, string literal, string value) => Assert.Equal(value, Coerce(type, literal));

    [Theory]
    [InlineData("Int", "$one", "1")]
    [InlineData("Int", "$null", "null")]
    [InlineData("Int", "$none", "invalid")]
    [InlineData("Int!", "$null", "invalid")]
    [InlineData("[Int]", "$list", "[1,2]")]
    [InlineData("[Int]", "[$one, $none, $null]", "[1,null,null]")]
    [InlineData("[Int!]", "[$one, $none]", "invalid")]
    [InlineData("[Int!]", "[$one, $null]", "invalid")]
    [InlineData("Point", "{x: $one, y: $none}", """{"x":1,"y":7}""")]
    [InlineData("Point", "{x: $one, y: $null}", """{"x":1,"y":null}""")]
    [InlineData("Point", "{x: $none}", "invalid")]
    [InlineData("Pick", "{a: $one}", """{"a":1}""")]
    [InlineData("Pick", "{a: $null}", "invalid")]
    [InlineData("Pick", "{a: $none}", "invalid")]
    public void Takes_variables_in_as_they_were_coerced(string type, string literal, string value) => Assert.Equal(value, Coerce(type, literal));

    [Fact]
    public void Coerces_a_default_once()
    {
        var field = ((InputObjectType)Schema.Types["Point"]).Fields["y"];

        Assert.True(field.TryGetDefault(out var first));
        Assert.True(field.TryGetDefault(out var second));
        Assert.Equal(7, first);
        Assert.Same(first, second);
        Assert.False(((InputObjectType)Schema.Types["Point"]).Fields["x"].TryGetDefault(out _));
    }

    private static string Coerce(string type, string literal)
    {
        Assert.True(Schema.TryResolve(GraphQLParser.ParseType(type), out var resolved));
        return ValueCoercion.TryFromLiteral(GraphQLParser.ParseValue(literal), resolved, new Variables(), out var value)
            ? JsonSerializer.Serialize(value)
            : "invalid";
    }

    private sealed class Variables : IVariableValues
    {
        public bool TryGetValue(string name, out object? value)
        {
            value = name switch { "one" => 1, "list" => new object?[] { 1, 2 }, _ => null };
            return name != "none";
        }

        public bool TryGetJson(string name, out JsonElement value) => throw new NotSupportedException();
    }
}

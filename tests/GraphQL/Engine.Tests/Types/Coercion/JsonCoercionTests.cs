using System.Text.Json;
using Apc.GraphQL.Language;
using Apc.GraphQL.Sdl;
using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Coercion;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.Tests.Types.Coercion;

[SpecSection("sec-Input-Objects.Input-Coercion")]
public class JsonCoercionTests
{
    private static readonly Schema Schema = SdlSchemaBuilder.FromSdl(
        """
        type Query { field(point: Point, pick: Pick): Int }
        enum Color { RED GREEN BLUE }
        input Point { x: Int! y: Int = 7 tags: [String!] color: Color nested: Point deep: [[Point!]!] }
        input Pick @oneOf { a: Int b: String c: Point }
        """);

    [Theory]
    [InlineData("Point", "null", "null")]
    [InlineData("Point", """{"x":1}""", """{"x":1,"y":7}""")]
    [InlineData("Point", """{"y":null,"x":1}""", """{"x":1,"y":null}""")]
    [InlineData("Point", """{"x":1,"x":2}""", """{"x":2,"y":7}""")]
    [InlineData("Point", """{"x":1,"deep":{"x":2}}""", """{"x":1,"y":7,"deep":[[{"x":2,"y":7}]]}""")]
    [InlineData("Point", """{"x":1,"color":"GREEN"}""", """{"x":1,"y":7,"color":"GREEN"}""")]
    [InlineData("[Int]", "1", "[1]")]
    [InlineData("[Int]", "[1,null]", "[1,null]")]
    [InlineData("[Int]", "null", "null")]
    [InlineData("[[Int]]", "5", "[[5]]")]
    [InlineData("[[Int]]", "[1,[2],null]", "[[1],[2],null]")]
    [InlineData("Pick", """{"a":1}""", """{"a":1}""")]
    public void Accepts(string type, string json, string value) => Assert.Equal(value, Coerce(type, json));

    [Theory]
    [InlineData("Point", "1", """Variable "$v" got invalid value 1; Expected type "Point" to be an object.""")]
    [InlineData("Point", "[]", """Variable "$v" got invalid value []; Expected type "Point" to be an object.""")]
    [InlineData("Point", "{}", """Variable "$v" got invalid value {}; Field "x" of required type "Int!" was not provided.""")]
    [InlineData("Point!", "null", """Variable "$v" got invalid value null; Expected non-nullable type "Point!" not to be null.""")]
    [InlineData(
        "Point", """{"x":null}""", """Variable "$v" got invalid value null at "v.x"; Expected non-nullable type "Int!" not to be null.""")]
    [InlineData(
        "Point",
        """{"x":1,"nested":{"x":1,"nested":{"x":true}}}""",
        """Variable "$v" got invalid value true at "v.nested.nested.x"; Int cannot represent non-integer value: true""")]
    [InlineData(
        "Point",
        """{"x":1,"tag":1}""",
        """Variable "$v" got invalid value { x: 1, tag: 1 }; Field "tag" is not defined by type "Point". Did you mean "tags"?""")]
    [InlineData(
        "[Color]",
        """["RED","red","GREN",3]""",
        """
        Variable "$v" got invalid value "red" at "v[1]"; Value "red" does not exist in "Color" enum. Did you mean the enum value "RED"?
        Variable "$v" got invalid value "GREN" at "v[2]"; Value "GREN" does not exist in "Color" enum. Did you mean the enum value "GREEN" or "RED"?
        Variable "$v" got invalid value 3 at "v[3]"; Enum "Color" cannot represent non-string value: 3.
        """)]
    [InlineData(
        "Point",
        """{"x":1,"deep":[[{"x":1},{"x":"q"}],null,5]}""",
        """
        Variable "$v" got invalid value "q" at "v.deep[0][1].x"; Int cannot represent non-integer value: "q"
        Variable "$v" got invalid value null at "v.deep[1]"; Expected non-nullable type "[Point!]!" not to be null.
        Variable "$v" got invalid value 5 at "v.deep[2]"; Expected type "Point" to be an object.
        """)]
    [InlineData(
        "Point",
        """{"x":"a","tags":["b",1,null],"color":"RDE","z":1}""",
        """
        Variable "$v" got invalid value "a" at "v.x"; Int cannot represent non-integer value: "a"
        Variable "$v" got invalid value 1 at "v.tags[1]"; String cannot represent a non string value: 1
        Variable "$v" got invalid value null at "v.tags[2]"; Expected non-nullable type "String!" not to be null.
        Variable "$v" got invalid value "RDE" at "v.color"; Value "RDE" does not exist in "Color" enum. Did you mean the enum value "RED"?
        Variable "$v" got invalid value { x: "a", tags: ["b", 1, null], color: "RDE", z: 1 }; Field "z" is not defined by type "Point". Did you mean "x" or "y"?
        """)]
    public void Rejects_and_says_everything_that_is_wrong(string type, string json, string problems)
        => Assert.Equal(problems, Coerce(type, json));

    [Theory]
    [SpecSection("sec-OneOf-Input-Objects.Input-Coercion")]
    [SpecSection("sec-OneOf-Input-Objects")]
    [InlineData("{}", """Variable "$v" got invalid value {}; Exactly one key must be specified for OneOf type "Pick".""")]
    [InlineData("""{"a":null}""", """Variable "$v" got invalid value null at "v.a"; Field "a" must be non-null.""")]
    [InlineData("{\"a\":true}", """Variable "$v" got invalid value true at "v.a"; Int cannot represent non-integer value: true""")]
    [InlineData(
        """{"a":null,"b":"x"}""",
        """
        Variable "$v" got invalid value { a: null, b: "x" }; Exactly one key must be specified for OneOf type "Pick".
        Variable "$v" got invalid value null at "v.a"; Field "a" must be non-null.
        """)]
    public void Rejects_one_of_objects_without_exactly_one_value(string json, string problems)
        => Assert.Equal(problems, Coerce("Pick", json));

    [Fact]
    public void Stops_counting_problems_one_above_the_limit()
    {
        var problems = new List<InputProblem>();
        var texts = JsonElement.Parse($"[{string.Join(",", Enumerable.Repeat("\"a\"", 1000))}]");

        ValueCoercion.FromJson(texts, new ListType(BuiltInScalars.Int), problems);

        Assert.Equal(ValueCoercion.MaxProblems + 1, problems.Count);
    }

    [Fact]
    public void Makes_the_records_that_the_type_says()
    {
        var type = new InputObjectType(
            "Pair",
            () =>
            [
                new("left", BuiltInScalars.Int) { DefaultValue = GraphQLParser.ParseValue("3") },
                new("right", BuiltInScalars.Int) { Bind = value => value is int number ? number : -1 },
            ])
        {
            Create = fields => (fields[0], fields[1]),
        };

        Assert.Equal<object?>(((object)3, (object)-1), ValueCoercion.FromJson(JsonElement.Parse("{}"), type, []));
        Assert.Equal<object?>(
            ((object)1, (object)2), ValueCoercion.FromJson(JsonElement.Parse("""{"right":2,"left":1}"""), type, []));
    }

    private static string Coerce(string type, string json)
    {
        Assert.True(Schema.TryResolve(GraphQLParser.ParseType(type), out var resolved));
        var problems = new List<InputProblem>();
        var value = ValueCoercion.FromJson(JsonElement.Parse(json), resolved, problems);
        return problems.Count > 0 ? string.Join('\n', problems.Select(p => p.InVariable("v"))) : JsonSerializer.Serialize(value);
    }
}

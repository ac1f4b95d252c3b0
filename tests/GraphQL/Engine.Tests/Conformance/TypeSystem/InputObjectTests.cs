namespace Apc.GraphQL.Tests.Conformance.TypeSystem;

[SpecSection("sec-Input-Objects")]
public sealed class InputObjectTests
{
    [Theory]
    [SpecSection("sec-Input-Objects.Input-Coercion")]
    [InlineData("{x: 1}", """{"x":1}""", "{x:1 y:7}")]
    [InlineData("{x: 1, y: null}", """{"x":1,"y":null}""", "{x:1 y:null}")]
    [InlineData("{x: 1, tags: \"a\"}", """{"x":1,"tags":"a"}""", "{x:1 y:7 tags:[a]}")]
    [InlineData("null", "null", "null")]
    public async Task Are_given_as_literals_and_as_variables_alike(string literal, string json, string seen)
    {
        Assert.Equal(seen, await Echo.Seen($"point(x: {literal})"));
        Assert.Equal(seen, await Echo.Seen("point(x: $v)", "($v: Point)", $"{{\"v\":{json}}}"));
    }

    [Theory]
    [SpecSection("sec-Input-Objects.Input-Coercion")]
    [InlineData("{x: $v, y: $w}", """{"v":1,"w":2}""", "{x:1 y:2}")]
    [InlineData("{x: $v, y: $w}", """{"v":1,"w":null}""", "{x:1 y:null}")]
    [InlineData("{x: $v, y: $w}", """{"v":1}""", "{x:1 y:7}")]
    public async Task Take_a_variable_without_value_for_a_field_that_is_not_there(string literal, string variables, string seen)
        => Assert.Equal(seen, await Echo.Seen($"point(x: {literal})", "($v: Int!, $w: Int)", variables));

    [Theory]
    [SpecSection("sec-Input-Objects.Input-Coercion")]
    [InlineData("{}", """{}""", "Field \"Point.x\" of required type \"Int!\" was not provided.", "Variable \"$v\" got invalid value {}; Field \"x\" of required type \"Int!\" was not provided.")]
    [InlineData("{x: null}", """{"x":null}""", "Expected value of type \"Int!\", found null.", "Variable \"$v\" got invalid value null at \"v.x\"; Expected non-nullable type \"Int!\" not to be null.")]
    [InlineData("{x: 1, z: 1}", """{"x":1,"z":1}""", "Field \"z\" is not defined by type \"Point\". Did you mean \"x\" or \"y\"?", "Variable \"$v\" got invalid value { x: 1, z: 1 }; Field \"z\" is not defined by type \"Point\". Did you mean \"x\" or \"y\"?")]
    [InlineData("3", "3", "Expected value of type \"Point\", found 3.", "Variable \"$v\" got invalid value 3; Expected type \"Point\" to be an object.")]
    [InlineData("{x: \"1\"}", """{"x":"1"}""", "Int cannot represent non-integer value: \"1\"", "Variable \"$v\" got invalid value \"1\" at \"v.x\"; Int cannot represent non-integer value: \"1\"")]
    public async Task Are_refused_where_a_field_is_missing_unknown_or_wrong(string literal, string json, string ofLiteral, string ofVariable)
    {
        Assert.Equal(ofLiteral, await Echo.Seen($"point(x: {literal})"));
        Assert.Equal(ofVariable, await Echo.Seen("point(x: $v)", "($v: Point)", $"{{\"v\":{json}}}"));
    }

    [Theory]
    [SpecSection("sec-Input-Objects.Type-Validation")]
    [InlineData("input In", "Input Object type In must define one or more fields.")]
    [InlineData("input In { __a: Int }", "Name \"__a\" must not begin with \"__\", which is reserved by GraphQL introspection.")]
    [InlineData("input In { a: Int a: Int }", "Field \"In.a\" can only be defined once.")]
    [InlineData("input In { a: Query }", "The type of In.a must be Input Type but got: Query.")]
    [InlineData("input In { a: Int! @deprecated }", "Required input field In.a cannot be deprecated.")]
    [InlineData("input In { a: Int = \"x\" }", "In.a has invalid default value \"x\": expected a value of type \"Int\".")]
    [InlineData("input In { a: In! }", "Cannot reference Input Object \"In\" within itself through a series of non-null fields: \"a\".")]
    [InlineData("input In { a: In = {} }", "Invalid circular reference. The default value of Input Object field In.a refers to itself.")]
    public void Refuse_definitions_that_break_a_rule(string definitions, string problem) => Assert.Equal([problem], SdlText.Problems(definitions));

    [Theory]
    [SpecSection("sec-OneOf-Input-Objects")]
    [SpecSection("sec-OneOf-Input-Objects.Input-Coercion")]
    [SpecSection("sec--oneOf")]
    [InlineData("choice(x: {id: \"a\"})", "", "{}", "{id:a}")]
    [InlineData("choice(x: {point: {x: 1}})", "", "{}", "{point:{x:1 y:7}}")]
    [InlineData("choice(x: {id: $v})", "($v: ID!)", """{"v":"b"}""", "{id:b}")]
    [InlineData("choice(x: $v)", "($v: Choice)", """{"v":{"id":"c"}}""", "{id:c}")]
    [InlineData("choice(x: {})", "", "{}", "OneOf Input Object \"Choice\" must specify exactly one key.")]
    [InlineData("choice(x: {id: \"a\", point: {x: 1}})", "", "{}", "OneOf Input Object \"Choice\" must specify exactly one key.")]
    [InlineData("choice(x: {id: \"a\", point: null})", "", "{}", "OneOf Input Object \"Choice\" must specify exactly one key.")]
    [InlineData("choice(x: {id: null})", "", "{}", "Field \"Choice.id\" must be non-null.")]
    [InlineData("choice(x: {id: $v})", "($v: ID)", """{"v":"b"}""", "Variable \"$v\" is of type \"ID\" but must be non-nullable to be used for OneOf Input Object \"Choice\".")]
    [InlineData("choice(x: $v)", "($v: Choice)", """{"v":{}}""", "Variable \"$v\" got invalid value {}; Exactly one key must be specified for OneOf type \"Choice\".")]
    [InlineData("choice(x: $v)", "($v: Choice)", """{"v":{"id":null}}""", "Variable \"$v\" got invalid value null at \"v.id\"; Field \"id\" must be non-null.")]
    public async Task Take_exactly_one_field_where_they_are_one_of(string selection, string declaration, string variables, string seen)
        => Assert.Equal(seen, await Echo.Seen(selection, declaration, variables));

    [Theory]
    [SpecSection("sec-OneOf-Input-Objects")]
    [InlineData("input In @oneOf { a: Int! }", "OneOf input field In.a must be nullable.")]
    [InlineData("input In @oneOf { a: Int = 1 }", "OneOf input field In.a cannot have a default value.")]
    public void Refuse_one_of_fields_that_are_required_or_defaulted(string definitions, string problem)
        => Assert.Equal([problem], SdlText.Problems(definitions));
}

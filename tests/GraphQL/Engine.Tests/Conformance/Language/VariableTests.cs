using Apc.GraphQL.Tests.Execution;

namespace Apc.GraphQL.Tests.Conformance.Language;

[SpecSection("sec-Language.Variables")]
public sealed class VariableTests
{
    [Theory]
    [InlineData("int(x: $v)", "($v: Int)", """{"v":3}""", "3")]
    [InlineData("int(x: $v)", "($v: Int)", "{}", "absent")]
    [InlineData("int(x: $v)", "($v: Int = 4)", "{}", "4")]
    [InlineData("int(x: $v)", "($v: Int = 4)", """{"v":null}""", "null")]
    [InlineData("point(x: {x: $v, y: $w})", "($v: Int!, $w: Int)", """{"v":1}""", "{x:1 y:7}")]
    [InlineData("list(x: [1, $v])", "($v: Int)", """{"v":2}""", "[1 2]")]
    [InlineData("list(x: [1, $v])", "($v: Int)", "{}", "[1 null]")]
    public async Task Stand_for_their_value_anywhere_inside_a_value(string selection, string declaration, string variables, string seen)
        => Assert.Equal(seen, await Echo.Seen(selection, declaration, variables));

    [Theory]
    [SpecSection("sec-Language.Variables.Variable-Use-Within-Fragments")]
    [InlineData("query ($v: Int) { ...F } fragment F on Query { int(x: $v) }")]
    [InlineData("query ($v: Int) { ...G } fragment F on Query { int(x: $v) } fragment G on Query { ...F ... { int(x: $v) } }")]
    public async Task Reach_into_every_fragment_that_an_operation_uses(string document)
        => Assert.Equal(Expect.Data("""{"int":"8"}"""), await Echo.Ask(document, """{"v":8}"""));

    [Fact]
    [SpecSection("sec-Language.Variables.Variable-Use-Within-Fragments")]
    public async Task Belong_to_their_operation_alone()
    {
        const string Document = "query A($v: Int) { ...F } query B($v: Int = 2) { ...F } fragment F on Query { int(x: $v) }";

        Assert.Equal(Expect.Data("""{"int":"absent"}"""), await Run.Async(Echo.Schema, Document, null, "A"));
        Assert.Equal(Expect.Data("""{"int":"2"}"""), await Run.Async(Echo.Schema, Document, null, "B"));
    }

    [Theory]
    [InlineData("query () { a }", "Expected \"$\", found \")\". (1:8)")]
    [InlineData("query ($a) { a }", "Expected \":\", found \")\". (1:10)")]
    [InlineData("query (a: Int) { a }", "Expected \"$\", found Name \"a\". (1:8)")]
    [InlineData("query ($a: $b) { a }", "Expected Name, found \"$\". (1:12)")]
    public void Are_declared_with_a_name_and_a_type(string text, string refusal) => Assert.Equal(refusal, Syntax.Refusal(text));

    [Theory]
    [SpecSection("sec-Type-References")]
    [InlineData("Int")]
    [InlineData("Int!")]
    [InlineData("[Int]")]
    [InlineData("[[Int!]]!")]
    public void Have_types_of_any_wrapping(string type)
        => Assert.Equal($"query ($a: {type}) {{\n  a\n}}", Syntax.Reprint($"query($a:{type}){{a}}"));

    [Theory]
    [SpecSection("sec-Type-References")]
    [InlineData("query ($a: Int!!) { a }", "Expected \"$\", found \"!\". (1:16)")]
    [InlineData("query ($a: []) { a }", "Expected Name, found \"]\". (1:13)")]
    [InlineData("query ($a: [Int) { a }", "Expected \"]\", found \")\". (1:16)")]
    public void Refuse_types_of_other_forms(string text, string refusal) => Assert.Equal(refusal, Syntax.Refusal(text));

    [Theory]
    [SpecSection("sec-Type-References.Semantics")]
    [InlineData("list(x: $v)", "($v: [Int])", """{"v":[1,null]}""", "[1 null]")]
    [InlineData("list(x: $v)", "($v: [Int!])", """{"v":[1,null]}""", "Variable \"$v\" got invalid value null at \"v[1]\"; Expected non-nullable type \"Int!\" not to be null.")]
    [InlineData("list(x: $v)", "($v: [Int]!)", """{"v":null}""", "Variable \"$v\" of non-null type \"[Int]!\" must not be null.")]
    [InlineData("list(x: $v)", "($v: [Int]!)", "{}", "Variable \"$v\" of required type \"[Int]!\" was not provided.")]
    public async Task Mean_null_is_allowed_unless_it_says_otherwise(string selection, string declaration, string variables, string seen)
        => Assert.Equal(seen, await Echo.Seen(selection, declaration, variables));
}

using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Tests.Conformance.Language;

[SpecSection("sec-Input-Values")]
public sealed class InputValueTests
{
    [Theory]
    [SpecSection("sec-Boolean-Value")]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public void Read_the_two_booleans(string text, bool value) => Assert.Equal(value, Syntax.Value<BooleanValueNode>(text).Value);

    [Theory]
    [SpecSection("sec-Boolean-Value")]
    [SpecSection("sec-Enum-Value")]
    [InlineData("True")]
    [InlineData("FALSE")]
    [InlineData("Null")]
    [InlineData("RED")]
    [InlineData("on")]
    [InlineData("query")]
    public void Read_every_other_name_as_an_enum_value(string text) => Assert.Equal(text, Syntax.Value<EnumValueNode>(text).Value);

    [Theory]
    [SpecSection("sec-Int-Value")]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("123456789012345678901234567890")]
    public void Keep_the_digits_of_integers(string text) => Assert.Equal(text, Syntax.Value<IntValueNode>(text).Value);

    [Theory]
    [SpecSection("sec-Float-Value")]
    [InlineData("0.0")]
    [InlineData("-1.50e-10")]
    [InlineData("6E+23")]
    public void Keep_the_digits_of_floats(string text) => Assert.Equal(text, Syntax.Value<FloatValueNode>(text).Value);

    [Theory]
    [SpecSection("sec-Null-Value")]
    [InlineData("int", "absent")]
    [InlineData("int(x: null)", "null")]
    [InlineData("point(x: {x: 1, y: null})", "{x:1 y:null}")]
    [InlineData("list(x: [null])", "[null]")]
    public async Task Tell_null_from_nothing(string selection, string seen) => Assert.Equal(seen, await Echo.Seen(selection));

    [Theory]
    [SpecSection("sec-List-Value")]
    [InlineData("[]", "[]")]
    [InlineData("[1,2 3]", "[1, 2, 3]")]
    [InlineData("[[1] [] [[\"a\"]]]", "[[1], [], [[\"a\"]]]")]
    [InlineData("[1, A, {b: [$c]}]", "[1, A, {b: [$c]}]")]
    public void Read_lists_of_anything(string text, string printed)
        => Assert.Equal(printed, GraphQL.Language.SyntaxPrinter.Print(Syntax.Value<ListValueNode>(text)));

    [Theory]
    [SpecSection("sec-List-Value.Semantics")]
    [InlineData("list(x: [3, 1, 2])", "[3 1 2]")]
    [InlineData("list(x: [])", "[]")]
    [InlineData("matrix(x: [[1], [2, 3], null])", "[[1] [2 3] null]")]
    public async Task Keep_the_elements_of_lists_in_order(string selection, string seen) => Assert.Equal(seen, await Echo.Seen(selection));

    [Theory]
    [SpecSection("sec-Input-Object-Values")]
    [InlineData("{}", "{}")]
    [InlineData("{a:1 b:{c:[]}}", "{a: 1, b: {c: []}}")]
    [InlineData("{true:true null:null}", "{true: true, null: null}")]
    public void Read_objects_of_anything(string text, string printed)
        => Assert.Equal(printed, GraphQL.Language.SyntaxPrinter.Print(Syntax.Value<ObjectValueNode>(text)));

    [Theory]
    [SpecSection("sec-Input-Object-Values.Input-Object-Fields-Are-Unordered")]
    [InlineData("point(x: {x: 1, y: 2})")]
    [InlineData("point(x: {y: 2, x: 1})")]
    public async Task Give_one_value_whatever_the_order_of_the_fields(string selection) => Assert.Equal("{x:1 y:2}", await Echo.Seen(selection));

    [Theory]
    [SpecSection("sec-Input-Object-Values.Semantics")]
    [InlineData("point(x: {x: 1})", "{x:1 y:7}")]
    [InlineData("point(x: {x: 1, y: 2, tags: [\"a\"], next: {x: 3}})", "{x:1 y:2 tags:[a] next:{x:3 y:7}}")]
    public async Task Give_objects_the_values_of_their_fields(string selection, string seen) => Assert.Equal(seen, await Echo.Seen(selection));

    [Theory]
    [InlineData("{ a(b: [1 }", "Unexpected \"}\". (1:11)")]
    [InlineData("{ a(b: {c 1}) }", "Expected \":\", found Int \"1\". (1:11)")]
    [InlineData("{ a(b: {\"c\": 1}) }", "Expected Name, found String \"c\". (1:9)")]
    [InlineData("{ a(b: $) }", "Expected Name, found \")\". (1:9)")]
    [InlineData("query ($a: Int = $b) { a }", "Unexpected variable \"$b\" in constant value. (1:18)")]
    [InlineData("query ($a: [Int] = [$b]) { a }", "Unexpected variable \"$b\" in constant value. (1:21)")]
    [InlineData("type T { a(b: Int = {c: $d}): Int }", "Unexpected variable \"$d\" in constant value. (1:25)")]
    public void Refuse_what_is_no_value_and_variables_where_values_are_constant(string text, string refusal)
        => Assert.Equal(refusal, Syntax.Refusal(text));
}

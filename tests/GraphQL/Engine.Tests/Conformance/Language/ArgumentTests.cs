namespace Apc.GraphQL.Tests.Conformance.Language;

[SpecSection("sec-Language.Arguments")]
public sealed class ArgumentTests
{
    [Theory]
    [InlineData("two", "absent 2")]
    [InlineData("two(a: 1)", "1 2")]
    [InlineData("two(a: 1 b: null)", "1 null")]
    public async Task Are_given_by_name(string selection, string seen) => Assert.Equal(seen, await Echo.Seen(selection));

    [Theory]
    [SpecSection("sec-Language.Arguments.Arguments-Are-Unordered")]
    [InlineData("two(a: 1, b: 3)")]
    [InlineData("two(b: 3, a: 1)")]
    public async Task Mean_the_same_in_any_order(string selection) => Assert.Equal("1 3", await Echo.Seen(selection));

    [Theory]
    [InlineData("{ a() }", "Expected Name, found \")\". (1:5)")]
    [InlineData("{ a(1) }", "Expected Name, found Int \"1\". (1:5)")]
    [InlineData("{ a(b) }", "Expected \":\", found \")\". (1:6)")]
    [InlineData("{ a(b = 1) }", "Expected \":\", found \"=\". (1:7)")]
    public void Have_a_name_a_colon_and_a_value(string text, string refusal) => Assert.Equal(refusal, Syntax.Refusal(text));
}

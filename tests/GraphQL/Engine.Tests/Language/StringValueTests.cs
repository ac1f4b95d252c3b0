using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Tests.Conformance;

namespace Apc.GraphQL.Tests.Language;

[SpecSection("sec-String-Value")]
public class StringValueTests
{
    [Theory]
    [SpecSection("sec-String-Value.Escape-Sequences")]
    [SpecSection("sec-String-Value.Static-Semantics")]
    [InlineData("""  ""  """, "")]
    [InlineData("""  "plain # no comment, no comma"  """, "plain # no comment, no comma")]
    [InlineData("""  "ü 😀"  """, "ü 😀")]
    [InlineData("""  "\" \\ \/ \b \f \n \r \t"  """, "\" \\ / \b \f \n \r \t")]
    [InlineData("""  "\u0041\u00e9\u00E9\u20AC"  """, "Aéé€")]
    [InlineData("""  "\u0000\uFFFF"  """, "\0\uFFFF")]
    [InlineData("""  "\uD83D\uDE00"  """, "😀")]
    [InlineData("""  "\u{41}\u{0000041}\u{1f600}\u{10FFFF}\u{0}"  """, "AA😀\U0010FFFF\0")]
    [InlineData("""  "\\u0041\\n"  """, "\\u0041\\n")]
    [InlineData("\"tab\tand \u0001 control\"", "tab\tand \u0001 control")]
    public void Resolves_escapes(string literal, string expected)
    {
        var node = Assert.IsType<StringValueNode>(GraphQLParser.ParseValue(literal));

        Assert.Equal(expected, node.Value);
        Assert.False(node.IsBlock);
    }

    [Theory]
    [SpecSection("sec-String-Value.Block-Strings")]
    [SpecSection("sec-String-Value.Static-Semantics")]
    [InlineData("", "")]
    [InlineData("one line", "one line")]
    [InlineData("  its indentation stays", "  its indentation stays")]
    [InlineData("\n    first\n      second\n    third\n  ", "first\n  second\nthird")]
    [InlineData("first\n    second\n      third", "first\nsecond\n  third")]
    [InlineData("\n\n  \n  a\n\n  b\n \n\n", "a\n\nb")]
    [InlineData("\n  a\n   \n  b", "a\n \nb")]
    [InlineData("\n\ttab\n\t\ttwo", "tab\n\ttwo")]
    [InlineData("\r\n  a\r  b\n  c\r\n", "a\nb\nc")]
    [InlineData(" \n \t\n  ", "")]
    [InlineData("\n  three \\\"\"\" quotes", "three \"\"\" quotes")]
    [InlineData("no escapes: \\n \\u0041 \\ ", "no escapes: \\n \\u0041 \\ ")]
    [InlineData("a \"quoted\" and \"\"empty\"\" word ", "a \"quoted\" and \"\"empty\"\" word ")]
    [InlineData("\n  \\\"\"\"\n    x", "\"\"\"\n  x")]
    [InlineData("\u2028 no line break \f here\n  x", "\u2028 no line break \f here\nx")]
    public void Takes_the_shared_indentation_and_the_blank_ends_of_a_block_away(string raw, string expected)
    {
        var node = Assert.IsType<StringValueNode>(GraphQLParser.ParseValue($"\"\"\"{raw}\"\"\""));

        Assert.Equal(expected, node.Value);
        Assert.True(node.IsBlock);
    }
}

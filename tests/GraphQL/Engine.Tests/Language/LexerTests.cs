using Apc.GraphQL.Language;
using Apc.GraphQL.Tests.Conformance;

namespace Apc.GraphQL.Tests.Language;

[SpecSection("sec-Language.Source-Text")]
public class LexerTests
{
    [Theory]
    [InlineData("! $ & ( ) ... : = @ [ ] { | }", "! $ & ( ) ... : = @ [ ] { | }")]
    [InlineData("!$&()...:=@[]{|}", "! $ & ( ) ... : = @ [ ] { | }")]
    [InlineData("......", "... ...")]
    [InlineData("name _Name9 __typename A", "Name:name Name:_Name9 Name:__typename Name:A")]
    [InlineData("a1b2", "Name:a1b2")]
    [InlineData("a-1", "Name:a Int:-1")]
    [InlineData("0 -0 7 -42 1234567890123456789012", "Int:0 Int:-0 Int:7 Int:-42 Int:1234567890123456789012")]
    [InlineData("0.5 -1.25 3e8 3E8 6.02e+23 1e-9 0e0", "Float:0.5 Float:-1.25 Float:3e8 Float:3E8 Float:6.02e+23 Float:1e-9 Float:0e0")]
    [InlineData("\"\" \"one two\" \"\"\"three\"\"\"", "String: String:one two BlockString:three")]
    [InlineData("\"\"\"\"\"\"", "BlockString:")]
    [InlineData("a,,b , c", "Name:a Name:b Name:c")]
    [InlineData("\uFEFFa\uFEFF b", "Name:a Name:b")]
    [InlineData("a#b\nc # d\r# e\r\n#\nf#", "Name:a Name:c Name:f")]
    [InlineData("# ü 😀 \u0001\na", "Name:a")]
    [InlineData("\t \r\n\r\n", "")]
    [InlineData("", "")]
    public void Reads_tokens_and_skips_what_means_nothing(string text, string expected)
        => Assert.Equal(expected, string.Join(' ', TokensOf(text).Select(t => t.Text)));

    [Fact]
    public void Tells_where_each_token_stands()
    {
        var tokens = TokensOf("\uFEFF{ a(b: \"\\u{1F600}\") # c\r\n}");

        Assert.Equal(
            [(1, 2), (3, 4), (4, 5), (5, 6), (6, 7), (8, 19), (19, 20), (26, 27)],
            tokens.Select(t => (t.Token.Start, t.Token.End)));
    }

    [Fact]
    public void Stays_at_the_end_of_the_text()
    {
        var lexer = new Lexer(new Source("a # b"));

        Assert.Equal(new Token(TokenKind.EndOfFile, 5, 5), lexer.Read(1));
        Assert.Equal(new Token(TokenKind.EndOfFile, 5, 5), lexer.Read(5));
    }

    private static List<(Token Token, string Text)> TokensOf(string text)
    {
        var lexer = new Lexer(new Source(text));
        var tokens = new List<(Token, string)>();

        for (var token = lexer.Read(0); token.Kind != TokenKind.EndOfFile; token = lexer.Read(token.End))
        {
            var value = token.Kind is TokenKind.String or TokenKind.BlockString
                ? lexer.StringValueOf(token)
                : lexer.TextOf(token).ToString();
            tokens.Add((token, token.Kind >= TokenKind.Name ? $"{token.Kind}:{value}" : value));
        }

        return tokens;
    }
}

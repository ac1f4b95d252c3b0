using Apc.GraphQL.Language;
using Apc.GraphQL.Tests.Conformance;

namespace Apc.GraphQL.Tests.Language;

/// <summary>Messages and places are those of graphql-js 16.15, since clients and tools match them.</summary>
public class SyntaxErrorTests
{
    [Theory]
    [SpecSection("sec-Language.Source-Text")]
    [InlineData("é", "Unexpected character: U+00E9. (1:1)")]
    [InlineData("a\n  %", "Unexpected character: \"%\". (2:3)")]
    [InlineData("\r\r\n\n;", "Unexpected character: \";\". (4:1)")]
    [InlineData("😀", "Unexpected character: U+1F600. (1:1)")]
    [InlineData("\0", "Unexpected character: U+0000. (1:1)")]
    [InlineData("\u007F", "Unexpected character: U+007F. (1:1)")]
    [InlineData("'a'", "Unexpected single quote character ('), did you mean to use a double quote (\")? (1:1)")]
    [InlineData("..", "Unexpected character: \".\". (1:1)")]
    [InlineData("....", "Unexpected character: \".\". (1:4)")]
    public void Refuses_a_character_that_starts_no_token(string text, string expected) => RefusesTokens(text, expected);

    // Written as a fact: a lone surrogate does not survive in the arguments of an attribute.
    [Fact]
    [SpecSection("sec-Language.Source-Text")]
    public void Refuses_half_a_surrogate_pair_wherever_it_stands()
    {
        RefusesTokens("\uD83D", "Invalid character: U+D83D. (1:1)");
        RefusesTokens("\uDE00\uD83D", "Invalid character: U+DE00. (1:1)");
        RefusesTokens("\uD83D\uD83D\uDE00", "Invalid character: U+D83D. (1:1)");
        RefusesTokens("# a \uD83D b", "Invalid character: U+D83D. (1:5)");
        RefusesTokens("# 😀 \uDE00", "Invalid character: U+DE00. (1:6)");
        RefusesTokens("\"a\uD83D\"", "Invalid character within String: U+D83D. (1:3)");
        RefusesTokens("\"a\uDE00b\\x\"", "Invalid character within String: U+DE00. (1:3)");
        RefusesTokens("\"\"\"a\n\uD83D\"\"\"", "Invalid character within String: U+D83D. (2:1)");
        RefusesTokens("\"\"\"a\n\uD83D", "Invalid character within String: U+D83D. (2:1)");
    }

    [Theory]
    [SpecSection("sec-Int-Value")]
    [SpecSection("sec-Float-Value")]
    [InlineData("00", "Invalid number, unexpected digit after 0: \"0\". (1:2)")]
    [InlineData("-01", "Invalid number, unexpected digit after 0: \"1\". (1:3)")]
    [InlineData("-", "Invalid number, expected digit but got: <EOF>. (1:2)")]
    [InlineData("-a", "Invalid number, expected digit but got: \"a\". (1:2)")]
    [InlineData("--1", "Invalid number, expected digit but got: \"-\". (1:2)")]
    [InlineData("1.", "Invalid number, expected digit but got: <EOF>. (1:3)")]
    [InlineData("1.e1", "Invalid number, expected digit but got: \"e\". (1:3)")]
    [InlineData("1.\"", "Invalid number, expected digit but got: '\"'. (1:3)")]
    [InlineData("1.2.3", "Invalid number, expected digit but got: \".\". (1:4)")]
    [InlineData("1...a", "Invalid number, expected digit but got: \".\". (1:3)")]
    [InlineData("1e", "Invalid number, expected digit but got: <EOF>. (1:3)")]
    [InlineData("1e+\n", "Invalid number, expected digit but got: U+000A. (1:4)")]
    [InlineData("1e1é", "Unexpected character: U+00E9. (1:4)")]
    [InlineData("1x", "Invalid number, expected digit but got: \"x\". (1:2)")]
    [InlineData("0_", "Invalid number, expected digit but got: \"_\". (1:2)")]
    [InlineData("0xF", "Invalid number, expected digit but got: \"x\". (1:2)")]
    [InlineData("+1", "Unexpected character: \"+\". (1:1)")]
    [InlineData(".5", "Unexpected character: \".\". (1:1)")]
    public void Refuses_a_number_at_its_first_wrong_character(string text, string expected) => RefusesTokens(text, expected);

    [Theory]
    [SpecSection("sec-String-Value")]
    [InlineData("\"", "Unterminated string. (1:2)")]
    [InlineData("\"ab\ncd\"", "Unterminated string. (1:4)")]
    [InlineData("\"ab\r\"", "Unterminated string. (1:4)")]
    [InlineData("\"\"\"", "Unterminated string. (1:4)")]
    [InlineData("\"\"\"a\n\"\"", "Unterminated string. (2:3)")]
    [InlineData("\"\"\"a\\\"\"\"", "Unterminated string. (1:9)")]
    [InlineData("\"a\\x\"", "Invalid character escape sequence: \"\\x\". (1:3)")]
    [InlineData("\"\\", "Invalid character escape sequence: \"\\\". (1:2)")]
    [InlineData("\"\\U0041\"", "Invalid character escape sequence: \"\\U\". (1:2)")]
    [InlineData("\"\\u12\"", "Invalid Unicode escape sequence: \"\\u12\"\". (1:2)")]
    [InlineData("\"\\u12G4\"", "Invalid Unicode escape sequence: \"\\u12G4\". (1:2)")]
    [InlineData("\"\\u", "Invalid Unicode escape sequence: \"\\u\". (1:2)")]
    [InlineData("\"\\uD83D\"", "Invalid Unicode escape sequence: \"\\uD83D\". (1:2)")]
    [InlineData("\"\\uD83D\\u0041\"", "Invalid Unicode escape sequence: \"\\uD83D\". (1:2)")]
    [InlineData("\"\\uDE00\\uD83D\"", "Invalid Unicode escape sequence: \"\\uDE00\". (1:2)")]
    [InlineData("\"\\u{}\"", "Invalid Unicode escape sequence: \"\\u{}\". (1:2)")]
    [InlineData("\"\\u{12", "Invalid Unicode escape sequence: \"\\u{12\". (1:2)")]
    [InlineData("\"\\u{D800}\"", "Invalid Unicode escape sequence: \"\\u{D800}\". (1:2)")]
    [InlineData("\"\\u{110000}\"", "Invalid Unicode escape sequence: \"\\u{110000}\". (1:2)")]
    [InlineData("\"\\u{FFFFFFFF}\"", "Invalid Unicode escape sequence: \"\\u{FFFFFFFF\". (1:2)")]
    [InlineData("\"\\u{000000041}\"", "Invalid Unicode escape sequence: \"\\u{000000041\". (1:2)")]
    [InlineData("\"\\u{4 1}\"", "Invalid Unicode escape sequence: \"\\u{4 \". (1:2)")]
    public void Refuses_a_string_at_its_first_wrong_character(string text, string expected) => RefusesTokens(text, expected);

    [Theory]
    [SpecSection("sec-Document")]
    [InlineData("", "Unexpected <EOF>. (1:1)")]
    [InlineData(" # nothing\n", "Unexpected <EOF>. (2:1)")]
    [InlineData("{", "Expected Name, found <EOF>. (1:2)")]
    [InlineData("{ }", "Expected Name, found \"}\". (1:3)")]
    [InlineData("{ a", "Expected Name, found <EOF>. (1:4)")]
    [InlineData("{ a } }", "Unexpected \"}\". (1:7)")]
    [InlineData("{ a: }", "Expected Name, found \"}\". (1:6)")]
    [InlineData("{ a: b: c }", "Expected Name, found \":\". (1:7)")]
    [InlineData("{ 1 }", "Expected Name, found Int \"1\". (1:3)")]
    [InlineData("{ a() }", "Expected Name, found \")\". (1:5)")]
    [InlineData("{ a(b) }", "Expected \":\", found \")\". (1:6)")]
    [InlineData("{ a(b: ) }", "Unexpected \")\". (1:8)")]
    [InlineData("{ a(b: $) }", "Expected Name, found \")\". (1:9)")]
    [InlineData("{ a(b: {c 1}) }", "Expected \":\", found Int \"1\". (1:11)")]
    [InlineData("{ a @ }", "Expected Name, found \"}\". (1:7)")]
    [InlineData("{ a \"b\" }", "Expected Name, found String \"b\". (1:5)")]
    [InlineData("{ a \"\"\"b\n  c\"\"\" }", "Expected Name, found BlockString \"b\nc\". (1:5)")]
    [InlineData("{ ... }", "Expected \"{\", found \"}\". (1:7)")]
    [InlineData("{ ...on }", "Expected Name, found \"}\". (1:9)")]
    [InlineData("{ ...on on on }", "Expected \"{\", found Name \"on\". (1:12)")]
    [InlineData("notAnOperation { a }", "Unexpected Name \"notAnOperation\". (1:1)")]
    [InlineData("Query { a }", "Unexpected Name \"Query\". (1:1)")]
    [InlineData("query", "Expected \"{\", found <EOF>. (1:6)")]
    [InlineData("query a b { c }", "Expected \"{\", found Name \"b\". (1:9)")]
    [InlineData("query () { a }", "Expected \"$\", found \")\". (1:8)")]
    [InlineData("query ($a) { a }", "Expected \":\", found \")\". (1:10)")]
    [InlineData("query ($a: [Int) { a }", "Expected \"]\", found \")\". (1:16)")]
    [InlineData("query ($a: Int!!) { a }", "Expected \"$\", found \"!\". (1:16)")]
    [InlineData("query ($a: Int = ) { a }", "Unexpected \")\". (1:18)")]
    [InlineData("query ($a: Int = $b) { a }", "Unexpected variable \"$b\" in constant value. (1:18)")]
    [InlineData("query ($a: [Int] = [1, {b: $c}]) { a }", "Unexpected variable \"$c\" in constant value. (1:28)")]
    [InlineData("query ($a: Int = $) { a }", "Unexpected \"$\". (1:18)")]
    [InlineData("query ($a: Int @b(c: $d)) { a }", "Unexpected variable \"$d\" in constant value. (1:22)")]
    [InlineData("fragment on on T { a }", "Unexpected Name \"on\". (1:10)")]
    [InlineData("fragment \"on\" on T { a }", "Unexpected String \"on\". (1:10)")]
    [InlineData("fragment a { b }", "Expected \"on\", found \"{\". (1:12)")]
    [InlineData("fragment a on { b }", "Expected Name, found \"{\". (1:15)")]
    [InlineData("\"text\"", "Unexpected <EOF>. (1:7)")]
    [InlineData("\"text\" { a }", "Unexpected description, descriptions are not supported on shorthand queries. (1:1)")]
    [InlineData("\"text\" extend type A { b: C }", "Unexpected description, only GraphQL definitions support descriptions. (1:1)")]
    [InlineData("\"text\" word", "Unexpected description, only GraphQL definitions support descriptions. (1:1)")]
    [InlineData("\"text\" \"text\" type A", "Unexpected String \"text\". (1:8)")]
    public void Refuses_an_executable_document_at_its_first_wrong_token(string text, string expected) => Refuses(text, expected);

    [Theory]
    [SpecSection("sec-Type-System")]
    [InlineData("schema", "Expected \"{\", found <EOF>. (1:7)")]
    [InlineData("schema { }", "Expected Name, found \"}\". (1:10)")]
    [InlineData("schema { query A }", "Expected \":\", found Name \"A\". (1:16)")]
    [InlineData("schema { read: A }", "Unexpected Name \"read\". (1:10)")]
    [InlineData("type", "Expected Name, found <EOF>. (1:5)")]
    [InlineData("type A { }", "Expected Name, found \"}\". (1:10)")]
    [InlineData("type A { b }", "Expected \":\", found \"}\". (1:12)")]
    [InlineData("type A { b(): C }", "Expected Name, found \")\". (1:12)")]
    [InlineData("type A { b: C = 1 }", "Expected Name, found \"=\". (1:15)")]
    [InlineData("type A implements { b: C }", "Expected Name, found \"{\". (1:19)")]
    [InlineData("type A implements B, C { b: C }", "Unexpected Name \"C\". (1:22)")]
    [InlineData("type A implements B & { b: C }", "Expected Name, found \"{\". (1:23)")]
    [InlineData("union A = ", "Expected Name, found <EOF>. (1:11)")]
    [InlineData("union A = || B", "Expected Name, found \"|\". (1:12)")]
    [InlineData("union A = B |", "Expected Name, found <EOF>. (1:14)")]
    [InlineData("enum A { }", "Expected Name, found \"}\". (1:10)")]
    [InlineData("enum A { B, true }", "Name \"true\" is reserved and cannot be used for an enum value. (1:13)")]
    [InlineData("enum A { null }", "Name \"null\" is reserved and cannot be used for an enum value. (1:10)")]
    [InlineData("input A { b(c: D): E }", "Expected \":\", found \"(\". (1:12)")]
    [InlineData("input A { b: C = $d }", "Unexpected variable \"$d\" in constant value. (1:18)")]
    [InlineData("directive A on FIELD", "Expected \"@\", found Name \"A\". (1:11)")]
    [InlineData("directive @a", "Expected \"on\", found <EOF>. (1:13)")]
    [InlineData("directive @a on field", "Unexpected Name \"field\". (1:17)")]
    [InlineData("directive @a on FIELD | NOWHERE", "Unexpected Name \"NOWHERE\". (1:25)")]
    [InlineData("directive @a on FIELD repeatable", "Unexpected Name \"repeatable\". (1:23)")]
    [InlineData("extend", "Unexpected <EOF>. (1:7)")]
    [InlineData("extend query { a }", "Unexpected Name \"query\". (1:8)")]
    [InlineData("extend \"text\" type A { b: C }", "Unexpected String \"text\". (1:8)")]
    [InlineData("extend schema", "Unexpected <EOF>. (1:14)")]
    [InlineData("extend scalar A", "Unexpected <EOF>. (1:16)")]
    [InlineData("extend type A scalar B", "Unexpected Name \"scalar\". (1:15)")]
    [InlineData("extend interface A", "Unexpected <EOF>. (1:19)")]
    [InlineData("extend union A", "Unexpected <EOF>. (1:15)")]
    [InlineData("extend enum A", "Unexpected <EOF>. (1:14)")]
    [InlineData("extend input A", "Unexpected <EOF>. (1:15)")]
    public void Refuses_a_type_system_document_at_its_first_wrong_token(string text, string expected) => Refuses(text, expected);

    [Theory]
    [SpecSection("sec-Input-Values")]
    [InlineData("", "Unexpected <EOF>. (1:1)")]
    [InlineData("1 2", "Expected <EOF>, found Int \"2\". (1:3)")]
    [InlineData("[1", "Unexpected <EOF>. (1:3)")]
    [InlineData("{a: 1", "Expected Name, found <EOF>. (1:6)")]
    [InlineData("(1)", "Unexpected \"(\". (1:1)")]
    public void Refuses_what_is_no_single_value(string text, string expected)
        => Assert.Equal(expected, Report(Assert.Throws<SyntaxErrorException>(() => GraphQLParser.ParseValue(text))));

    [Theory]
    [SpecSection("sec-Type-References")]
    [InlineData("", "Expected Name, found <EOF>. (1:1)")]
    [InlineData("Int Int", "Expected <EOF>, found Name \"Int\". (1:5)")]
    [InlineData("[]", "Expected Name, found \"]\". (1:2)")]
    [InlineData("[Int", "Expected \"]\", found <EOF>. (1:5)")]
    [InlineData("!", "Expected Name, found \"!\". (1:1)")]
    public void Refuses_what_is_no_single_type_reference(string text, string expected)
        => Assert.Equal(expected, Report(Assert.Throws<SyntaxErrorException>(() => GraphQLParser.ParseType(text))));

    [Fact]
    public void Says_which_text_and_which_offset_it_means()
    {
        var source = new Source("{\r\n  a(\r\n}", "clusters.graphql");

        var error = Assert.Throws<SyntaxErrorException>(() => GraphQLParser.Parse(source));

        Assert.Equal("Syntax Error: Expected Name, found \"}\".", error.Message);
        Assert.Same(source, error.Source);
        Assert.Equal(9, error.Offset);
        Assert.Equal(new SourceLocation(3, 1), error.Location);
    }

    // Every token of these texts is read, whatever the parser would say of their order.
    private static void RefusesTokens(string text, string expected)
    {
        var source = new Source(text);

        var error = Assert.Throws<SyntaxErrorException>(() =>
        {
            var lexer = new Lexer(source);

            for (var token = lexer.Read(0); token.Kind != TokenKind.EndOfFile;)
            {
                token = lexer.Read(token.End);
            }
        });

        Assert.Equal(expected, Report(error));
    }

    private static void Refuses(string text, string expected)
        => Assert.Equal(expected, Report(Assert.Throws<SyntaxErrorException>(() => GraphQLParser.Parse(new Source(text)))));

    private static string Report(SyntaxErrorException error)
    {
        Assert.StartsWith("Syntax Error: ", error.Message, StringComparison.Ordinal);
        return $"{error.Message["Syntax Error: ".Length..]} ({error.Location.Line}:{error.Location.Column})";
    }
}

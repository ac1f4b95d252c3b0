namespace Apc.GraphQL.Tests.Conformance.Language;

[SpecSection("sec-Language.Source-Text")]
public sealed class SourceTextTests
{
    private const string Plain = "{\n  a(b: 1)\n  c\n}";

    [Fact]
    [SpecSection("sec-White-Space")]
    public void Takes_tabs_and_spaces_between_any_two_tokens()
        => Assert.Equal(Plain, Syntax.Reprint("\t { \ta\t(  b\t:\t1 )\t\tc\t} "));

    [Theory]
    [SpecSection("sec-White-Space")]
    [InlineData("{ a\u00A0}", "Unexpected character: U+00A0. (1:4)")]
    [InlineData("{ a\u3000}", "Unexpected character: U+3000. (1:4)")]
    [InlineData("{ a\v}", "Unexpected character: U+000B. (1:4)")]
    [InlineData("{ a\f}", "Unexpected character: U+000C. (1:4)")]
    public void Takes_no_other_character_for_white_space(string text, string refusal) => Assert.Equal(refusal, Syntax.Refusal(text));

    [Fact]
    [SpecSection("sec-White-Space")]
    public void Keeps_white_space_inside_strings()
        => Assert.Equal("{\n  a(b: \" \\t x \")\n}", Syntax.Reprint("{ a(b: \" \t x \") }"));

    [Theory]
    [SpecSection("sec-Line-Terminators")]
    [InlineData("\n%", 2)]
    [InlineData("\r%", 2)]
    [InlineData("\r\n%", 2)]
    [InlineData("\n\r%", 3)]
    [InlineData("\r\r\n\n%", 4)]
    public void Ends_a_line_at_a_line_feed_a_carriage_return_or_both(string text, int line)
        => Assert.Equal($"Unexpected character: \"%\". ({line}:1)", Syntax.Refusal(text));

    [Theory]
    [SpecSection("sec-Line-Terminators")]
    [InlineData("\u2028")]
    [InlineData("\u2029")]
    [InlineData("\u0085")]
    public void Ends_no_line_at_what_other_languages_call_a_line_break(string character)
        => Assert.Equal("{\n  a\n}", Syntax.Reprint($"{{ #{character} still a comment\n a }}"));

    [Theory]
    [SpecSection("sec-Comments")]
    [InlineData("# first\n{ a(b: 1) # then\r c#\r\n}# last")]
    [InlineData("{ a(b: 1) # } \" ' \\ \u0001 ü 😀 # again\n c }")]
    [InlineData("{ a # one\n ( # two\n b # three\n : # four\n 1 # five\n ) c }")]
    public void Takes_anything_to_the_end_of_the_line_for_a_comment(string text) => Assert.Equal(Plain, Syntax.Reprint(text));

    [Fact]
    [SpecSection("sec-Comments")]
    public void Takes_a_number_sign_inside_a_string_as_it_is() => Assert.Equal("{\n  a(b: \"# c\")\n}", Syntax.Reprint("{ a(b: \"# c\") }"));

    [Fact]
    [SpecSection("sec-Comments")]
    public void Finds_no_document_in_comments_alone() => Assert.Equal("Unexpected <EOF>. (1:10)", Syntax.Refusal("# nothing"));

    [Theory]
    [SpecSection("sec-Insignificant-Commas")]
    [InlineData("{ a(b: 1), c }")]
    [InlineData(",,{, a,(,b,:,1,),,c,},")]
    [InlineData("{ a(b: 1,) c, }")]
    public void Takes_commas_anywhere_and_nowhere(string text) => Assert.Equal(Plain, Syntax.Reprint(text));

    [Theory]
    [SpecSection("sec-Language.Source-Text.Lexical-Tokens")]
    [SpecSection("sec-Language.Lexical-Analysis-Syntactic-Parse")]
    [InlineData("{ab}", "{\n  ab\n}")]
    [InlineData("{a b}", "{\n  a\n  b\n}")]
    [InlineData("{a(b:-1-2)}", "Expected Name, found Int \"-2\". (1:8)")]
    [InlineData("{a(b:[-1-2])}", "{\n  a(b: [-1, -2])\n}")]
    [InlineData("{a(b:[1\"x\"true\"\"])}", "{\n  a(b: [1, \"x\", true, \"\"])\n}")]
    [InlineData("{a(b:[\"\"\"\"\"\"])}", "{\n  a(b: [\"\"\"\"\"\"])\n}")]
    public void Takes_the_longest_token_there_is(string text, string outcome)
        => Assert.Equal(outcome, outcome.StartsWith('{') ? Syntax.Reprint(text) : Syntax.Refusal(text));

    [Theory]
    [SpecSection("sec-Language.Lexical-Analysis-Syntactic-Parse")]
    [InlineData("", "Unexpected <EOF>. (1:1)")]
    [InlineData("{ a", "Expected Name, found <EOF>. (1:4)")]
    [InlineData("{ a } }", "Unexpected \"}\". (1:7)")]
    [InlineData("{ a(b: ) }", "Unexpected \")\". (1:8)")]
    [InlineData("{ a: }", "Expected Name, found \"}\". (1:6)")]
    [InlineData("queri { a }", "Unexpected Name \"queri\". (1:1)")]
    public void Refuses_tokens_that_no_production_takes_at_the_first_of_them(string text, string refusal)
        => Assert.Equal(refusal, Syntax.Refusal(text));

    [Fact]
    [SpecSection("sec-Language.Source-Text.Ignored-Tokens")]
    public void Ignores_everything_that_may_be_ignored_between_any_two_tokens()
        => Assert.Equal(Plain, Syntax.Reprint(" ,\t#x\n\uFEFF{ ,\r\na#y\r(\uFEFF,b#z\n:,\n1\t), c\uFEFF}#"));

    [Theory]
    [SpecSection("sec-Language.Source-Text.Ignored-Tokens.Byte-Order-Mark")]
    [InlineData("\uFEFF{ a(b: 1) c }")]
    [InlineData("{ a(b: 1) c }\uFEFF")]
    [InlineData("\uFEFF\uFEFF{ a(b: 1) \uFEFF c }")]
    public void Ignores_byte_order_marks_wherever_documents_were_joined(string text) => Assert.Equal(Plain, Syntax.Reprint(text));

    [Fact]
    [SpecSection("sec-Punctuators")]
    public void Reads_every_punctuator() => Assert.Equal(
        "query Q($a: [B!]! = {c: 1} @d) {\n  ...E\n}\n\nunion F = G | H\n\ntype I implements J & K",
        Syntax.Reprint("query Q($a:[B!]!={c:1}@d){...E}union F=|G|H type I implements&J&K"));

    [Theory]
    [SpecSection("sec-Punctuators")]
    [InlineData("{ a.b }", "Unexpected character: \".\". (1:4)")]
    [InlineData("{ ..a }", "Unexpected character: \".\". (1:3)")]
    [InlineData("{ a + b }", "Unexpected character: \"+\". (1:5)")]
    [InlineData("{ a; b }", "Unexpected character: \";\". (1:4)")]
    [InlineData("{ a(b: <c>) }", "Unexpected character: \"<\". (1:8)")]
    public void Takes_no_other_character_for_a_punctuator(string text, string refusal) => Assert.Equal(refusal, Syntax.Refusal(text));

    [Theory]
    [SpecSection("sec-Names")]
    [InlineData("{ _ __a A9 fragment on true null query type repeatable }", "{\n  _\n  __a\n  A9\n  fragment\n  on\n  true\n  null\n  query\n  type\n  repeatable\n}")]
    [InlineData("{ naïve }", "Unexpected character: U+00EF. (1:5)")]
    [InlineData("{ a-b }", "Invalid number, expected digit but got: \"b\". (1:5)")]
    [InlineData("{ 9a }", "Invalid number, expected digit but got: \"a\". (1:4)")]
    public void Takes_letters_digits_and_underscores_for_names_keywords_included(string text, string outcome)
        => Assert.Equal(outcome, outcome.StartsWith('{') ? Syntax.Reprint(text) : Syntax.Refusal(text));
}

using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Tests.Language;

public class SyntaxPrinterTests
{
    [Theory]
    [InlineData("{a,b}", "{\n  a\n  b\n}")]
    [InlineData("query{a}", "{\n  a\n}")]
    [InlineData("mutation{a}", "mutation {\n  a\n}")]
    [InlineData("query Q{a}", "query Q {\n  a\n}")]
    [InlineData("query @x{a}", "query @x {\n  a\n}")]
    [InlineData("query($a:[Int!]=[1 2]@x){b(c:$a)}", "query ($a: [Int!] = [1, 2] @x) {\n  b(c: $a)\n}")]
    [InlineData("query Q($a:A,$b:B){c}", "query Q($a: A, $b: B) {\n  c\n}")]
    [InlineData("{a:b(c:{d:1 e:[] f:{}}g:null)@h(i:E)@j{k}}", "{\n  a: b(c: {d: 1, e: [], f: {}}, g: null) @h(i: E) @j {\n    k\n  }\n}")]
    [InlineData("{...a@b ...{c}...on D@e{f}}", "{\n  ...a @b\n  ... {\n    c\n  }\n  ... on D @e {\n    f\n  }\n}")]
    [InlineData("fragment a on B@c{d} {e}", "fragment a on B @c {\n  d\n}\n\n{\n  e\n}")]
    [InlineData("\"d\" query Q{a} \"\"\"d\"\"\"fragment b on C{d}", "\"d\"\nquery Q {\n  a\n}\n\n\"\"\"d\"\"\"\nfragment b on C {\n  d\n}")]
    [InlineData("\"d\" query{a}", "\"d\"\nquery {\n  a\n}")]
    [InlineData("query(\"\"\"x\ny\"\"\"$a:A $b:B){c}", "query (\n\"\"\"\nx\ny\n\"\"\"\n$a: A\n$b: B\n) {\n  c\n}")]
    public void Lays_executable_definitions_out(string text, string expected) => Assert.Equal(expected, Reprint(text));

    [Theory]
    [InlineData("schema@a{query:Q mutation:M}", "schema @a {\n  query: Q\n  mutation: M\n}")]
    [InlineData("\"d\"scalar A@b", "\"d\"\nscalar A @b")]
    [InlineData("type A", "type A")]
    [InlineData("type A implements&B&C@d{e(f:G=1):H}", "type A implements B & C @d {\n  e(f: G = 1): H\n}")]
    [InlineData("interface A implements B{c:D}", "interface A implements B {\n  c: D\n}")]
    [InlineData("union A=|B|C", "union A = B | C")]
    [InlineData("union A@b", "union A @b")]
    [InlineData("enum A{\"d\"B C@d}", "enum A {\n  \"d\"\n  B\n  C @d\n}")]
    [InlineData("input A{b:C=1@d}", "input A {\n  b: C = 1 @d\n}")]
    [InlineData("directive@a(b:C)repeatable on|FIELD|QUERY", "directive @a(b: C) repeatable on FIELD | QUERY")]
    [InlineData("type A{b(\"d\"c:C e:E):F@g}", "type A {\n  b(\n    \"d\"\n    c: C\n    e: E\n  ): F @g\n}")]
    [InlineData("directive@a(\"d\"b:C)on FIELD", "directive @a(\n  \"d\"\n  b: C\n) on FIELD")]
    [InlineData("extend schema@a{query:Q}", "extend schema @a {\n  query: Q\n}")]
    [InlineData("extend scalar A@b", "extend scalar A @b")]
    [InlineData("extend type A implements B", "extend type A implements B")]
    [InlineData("extend interface A{b:C}", "extend interface A {\n  b: C\n}")]
    [InlineData("extend union A=B", "extend union A = B")]
    [InlineData("extend enum A{B}", "extend enum A {\n  B\n}")]
    [InlineData("extend input A{b:C}", "extend input A {\n  b: C\n}")]
    public void Lays_type_system_definitions_out(string text, string expected) => Assert.Equal(expected, Reprint(text));

    [Fact]
    public void Breaks_the_arguments_of_a_field_that_would_be_longer_than_eighty_characters()
    {
        var fits = $"{{ a: b(c: \"{new string('x', 63)}\", d: 1) {{ e }} }}";
        var breaks = $"{{ a: b(c: \"{new string('x', 64)}\", d: 1) {{ e }} }}";

        Assert.Equal($"{{\n  a: b(c: \"{new string('x', 63)}\", d: 1) {{\n    e\n  }}\n}}", Reprint(fits));
        Assert.Equal($"{{\n  a: b(\n    c: \"{new string('x', 64)}\"\n    d: 1\n  ) {{\n    e\n  }}\n}}", Reprint(breaks));
    }

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("", "\"\"")]
    [InlineData("\" \\ /", "\"\\\" \\\\ /\"")]
    [InlineData("\b\f\n\r\t\v\0\u001f", "\"\\b\\f\\n\\r\\t\\u000B\\u0000\\u001F\"")]
    [InlineData("\u007f\u009f\u00a0é😀\u2028", "\"\\u007F\\u009F\u00a0é😀\u2028\"")]
    public void Escapes_what_a_string_cannot_hold(string value, string expected)
        => Assert.Equal(expected, SyntaxPrinter.Print(new StringValueNode(value, isBlock: false, default)));

    [Theory]
    [InlineData("", "\"\"\"\"\"\"")]
    [InlineData("one line", "\"\"\"one line\"\"\"")]
    [InlineData("  indented", "\"\"\"  indented\"\"\"")]
    [InlineData("a\nb", "\"\"\"\na\nb\n\"\"\"")]
    [InlineData("a\n  b", "\"\"\"\na\n  b\n\"\"\"")]
    [InlineData("ends with \"", "\"\"\"\nends with \"\n\"\"\"")]
    [InlineData("  ends with \\", "\"\"\"  ends with \\\n\"\"\"")]
    [InlineData("\"\"\"", "\"\"\"\n\\\"\"\"\n\"\"\"")]
    public void Puts_a_block_string_on_lines_of_its_own_where_it_must(string value, string expected)
        => Assert.Equal(expected, SyntaxPrinter.Print(new StringValueNode(value, isBlock: true, default)));

    [Theory]
    [InlineData("", true)]
    [InlineData("a", true)]
    [InlineData("  a", true)]
    [InlineData("a\n  b", true)]
    [InlineData("a\n\nb", true)]
    [InlineData("  a\nb", true)]
    [InlineData(" a\n b", false)]
    [InlineData(" ", false)]
    [InlineData("\na", false)]
    [InlineData(" \na", false)]
    [InlineData("a\n", false)]
    [InlineData("a\n ", false)]
    [InlineData("a\rb", false)]
    [InlineData("a\u0001", false)]
    [InlineData("a\tb", true)]
    public void Knows_which_texts_a_block_string_gives_back_unchanged(string value, bool expected)
    {
        Assert.Equal(expected, BlockString.CanHold(value));

        if (expected)
        {
            Assert.Equal(value, ((StringValueNode)GraphQLParser.ParseValue(BlockString.Print(value))).Value);
        }
    }

    [Fact]
    public void Prints_what_it_printed_again_without_a_change()
    {
        var printed = Reprint(KitchenSink.Text);

        Assert.Equal(printed, Reprint(printed));
        Assert.Equal(KitchenSink.Printed, printed);
    }

    [Fact]
    public void Refuses_nothing_to_print() => Assert.Throws<ArgumentNullException>(() => SyntaxPrinter.Print(null!));

    private static string Reprint(string text) => SyntaxPrinter.Print(GraphQLParser.Parse(new Source(text)));
}

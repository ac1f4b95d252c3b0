using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Tests.Conformance.Language;

[SpecSection("sec-Language.Directives")]
public sealed class DirectiveTests
{
    [Fact]
    public void Stand_on_everything_that_documents_are_made_of()
    {
        const string Text =
            """
            query Q($a: Int @d) @d {
              a @d
              ...F @d
              ... @d {
                b
              }
            }

            fragment F on T @d {
              c
            }

            schema @d {
              query: Q
            }

            scalar S @d

            type T @d {
              a(b: Int @d): Int @d
            }

            interface I @d {
              a: Int
            }

            union U @d = T

            enum E @d {
              A @d
            }

            input In @d {
              a: Int @d
            }
            """;

        Assert.Equal(Text, Syntax.Reprint(Text));
    }

    [Fact]
    public void Take_arguments() => Assert.Equal(
        "{\n  a @b(c: 1, d: [$e]) @f\n}", Syntax.Reprint("{ a @b(c: 1 d: [$e])@f }"));

    [Fact]
    [SpecSection("sec-Language.Directives.Directive-Order-Is-Significant")]
    public void Keep_their_order()
    {
        var operation = Assert.IsType<OperationDefinitionNode>(GraphQLParser.Parse(new Source("query @b @a @c @b { x }")).Definitions[0]);
        Assert.Equal(["b", "a", "c", "b"], operation.Directives.Select(d => d.Name.Value));
    }

    [Theory]
    [InlineData("{ a @ }", "Expected Name, found \"}\". (1:7)")]
    [InlineData("{ a @b() }", "Expected Name, found \")\". (1:8)")]
    [InlineData("{ @b a }", "Expected Name, found \"@\". (1:3)")]
    [InlineData("query Q($a: Int @d(b: $a)) { a }", "Unexpected variable \"$a\" in constant value. (1:23)")]
    public void Stand_behind_what_they_change(string text, string refusal) => Assert.Equal(refusal, Syntax.Refusal(text));
}

using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Tests.Execution;

namespace Apc.GraphQL.Tests.Conformance.Language;

[SpecSection("sec-Descriptions")]
public sealed class DescriptionTests
{
    [Fact]
    public void Describe_operations_variables_and_fragments()
    {
        var definitions = GraphQLParser.Parse(new Source(
            """"
            "Finds it."
            query Find("Which one." $id: ID!) { a }

            """
            All of
            it.
            """
            fragment F on Query { a }
            """")).Definitions;

        var operation = Assert.IsType<OperationDefinitionNode>(definitions[0]);
        Assert.Equal("Finds it.", operation.Description?.Value);
        Assert.Equal("Which one.", operation.VariableDefinitions[0].Description?.Value);
        Assert.Equal("All of\nit.", Assert.IsType<FragmentDefinitionNode>(definitions[1]).Description?.Value);
    }

    [Fact]
    public void Describe_everything_of_the_type_system()
    {
        const string Text =
            """
            "0"
            schema {
              query: Q
            }

            "1"
            scalar S

            "2"
            type T {
              "3"
              f(
                "4"
                a: Int
              ): Int
            }

            "5"
            interface I {
              a: Int
            }

            "6"
            union U = T

            "7"
            enum E {
              "8"
              A
            }

            "9"
            input In {
              "10"
              a: Int
            }

            "11"
            directive @d on FIELD
            """;

        Assert.Equal(Text, Syntax.Reprint(Text));
    }

    [Theory]
    [InlineData("\"d\" { a }", "Unexpected description, descriptions are not supported on shorthand queries. (1:1)")]
    [InlineData("\"d\" extend type T { a: Int }", "Unexpected description, only GraphQL definitions support descriptions. (1:1)")]
    [InlineData("{ \"d\" a }", "Expected Name, found String \"d\". (1:3)")]
    [InlineData("\"d\"", "Unexpected <EOF>. (1:4)")]
    [InlineData("d query { a }", "Unexpected Name \"d\". (1:1)")]
    public void Describe_nothing_else(string text, string refusal) => Assert.Equal(refusal, Syntax.Refusal(text));

    [Fact]
    public async Task Change_nothing_about_the_answer() => Assert.Equal(
        Expect.Data("""{"int":"1"}"""),
        await Echo.Ask("\"Why not.\" query ('v' $v: Int) { ...F } 'f' fragment F on Query { int(x: $v) }".Replace('\'', '"'), """{"v":1}"""));
}

using Apc.GraphQL.Sdl;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.Tests.Sdl;

public class SchemaPrinterTests
{
    private const string Printed =
        """"
        """The schema."""
        schema {
          query: Root
          mutation: Changes
        }

        directive @tag(
          name: String! = "x"

          """why"""
          because: [Int!] = [1, 2]
        ) repeatable on FIELD_DEFINITION | OBJECT

        directive @plain on FIELD

        """A root."""
        type Root implements Node & Named {
          id: ID!
          name(style: Style = SHORT, limit: Int = 10): String

          """
          First line
          second line
          """
          long(
            """The first"""
            first: Int = 5
            second: Point = {x: 1, y: [1.5, 2]} @deprecated(reason: "no \"more\"")
          ): [Thing!]! @deprecated
          old: String @deprecated(reason: "gone")

          """
          Ends with quote"
          """
          quote: Boolean

          """   leading"""
          leading: Float
        }

        interface Node {
          id: ID!
        }

        interface Named implements Node {
          id: ID!
          name(style: Style = SHORT, limit: Int = 10): String
        }

        union Thing = Root | Other

        type Other {
          a: Int
        }

        enum Style {
          """short one"""
          SHORT
          LONG @deprecated(reason: "too long")

          """last"""
          LAST
        }

        input Point {
          x: Int!

          """the y"""
          y: [Float] = []
          name: String = "a\nb"
        }

        input Pick @oneOf {
          a: Int
          b: String
        }

        scalar Url @specifiedBy(url: "https://example.org/\"x\"")

        type Changes {
          change(pick: Pick): Url
        }

        """";

    [Fact]
    public void Prints_a_schema_in_the_order_and_layout_in_which_it_reads_back_the_same()
        => Assert.Equal(Printed, SchemaPrinter.Print(SdlSchemaBuilder.FromSdl(Printed)));

    [Fact]
    public void Leaves_the_schema_definition_out_where_the_roots_have_their_common_names()
        => Assert.Equal(
            """
            type Query {
              a: Int
            }

            type Mutation {
              a: Int
            }

            """,
            SchemaPrinter.Print(SdlSchemaBuilder.FromSdl("schema { query: Query mutation: Mutation } type Query { a: Int } type Mutation { a: Int }")));

    [Fact]
    public void Prints_one_type()
        => Assert.Equal("\"\"\"Words.\"\"\"\nunion Words = Query", SchemaPrinter.Print(new UnionType("Words", () => [Query], "Words.")));

    [Theory]
    [InlineData("", "\"\"\"\"\"\"")]
    [InlineData("tab\there", "\"\"\"tab\there\"\"\"")]
    [InlineData("bell\u0007", "\"bell\\u0007\"")]
    [InlineData("\nleading line", "\"\\nleading line\"")]
    [InlineData("a \"\"\" b", "\"\"\"a \\\"\"\" b\"\"\"")]
    public void Prints_descriptions_that_read_back_the_same(string description, string printed)
        => Assert.Equal($"{printed}\ntype Query {{\n  a: Int\n}}", SchemaPrinter.Print(new ObjectType("Query", () => Query.Fields.Values, description)));

    [Fact]
    public void Prints_empty_types_without_braces()
        => Assert.Equal("type Empty", SchemaPrinter.Print(new ObjectType("Empty", () => [])));

    private static ObjectType Query { get; } = new("Query", () => [new("a", BuiltInScalars.Int)]);
}

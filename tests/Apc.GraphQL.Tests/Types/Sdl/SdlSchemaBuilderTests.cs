using Apc.GraphQL.Language;
using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Sdl;

namespace Apc.GraphQL.Tests.Types.Sdl;

[SpecSection("sec-Type-System-Extensions")]
public class SdlSchemaBuilderTests
{
    [Fact]
    public void Builds_what_the_definitions_and_extensions_say_in_their_order()
    {
        const string Sdl =
            """
            extend type Shop { hours: String }
            type Query { shop: Shop }
            type Shop implements Named { name: String! }
            interface Named { name: String! }
            extend interface Named @tag
            extend type Shop implements Place @tag
            interface Place
            extend interface Place { hours: String }
            union Found = Shop
            type Street { name: String! }
            extend union Found = Street
            enum Day { MONDAY }
            extend enum Day { TUESDAY @deprecated }
            input Range { from: Int = 1 }
            extend input Range @oneOf { to: Int }
            scalar Url
            extend scalar Url @specifiedBy(url: "https://example.org")
            directive @tag(day: Day = MONDAY) repeatable on OBJECT | INTERFACE
            """;

        Assert.Equal(
            """
            directive @tag(day: Day = MONDAY) repeatable on OBJECT | INTERFACE

            type Query {
              shop: Shop
            }

            type Shop implements Named & Place {
              name: String!
              hours: String
            }

            interface Named {
              name: String!
            }

            interface Place {
              hours: String
            }

            union Found = Shop | Street

            type Street {
              name: String!
            }

            enum Day {
              MONDAY
              TUESDAY @deprecated
            }

            input Range @oneOf {
              from: Int = 1
              to: Int
            }

            scalar Url @specifiedBy(url: "https://example.org")

            """,
            SchemaPrinter.Print(SdlSchemaBuilder.FromSdl(Sdl)));
    }

    [Fact]
    public void Takes_the_roots_that_the_schema_definition_and_its_extension_name()
    {
        var schema = SdlSchemaBuilder.FromSdl(
            """
            "All of it."
            schema { query: Reads }
            extend schema { mutation: Writes }
            type Query { unused: Int }
            type Reads { a: Int }
            type Writes { a: Int }
            type Subscription { unused: Int }
            """);

        Assert.Equal("All of it.", schema.Description);
        Assert.Equal(("Reads", "Writes", null), (schema.QueryType?.Name, schema.MutationType?.Name, schema.SubscriptionType?.Name));
    }

    [Fact]
    public void Takes_the_roots_by_their_names_where_there_is_no_schema_definition()
    {
        var schema = SdlSchemaBuilder.FromSdl("type Query { a: Int } type Mutation { a: Int } type Subscription { a: Int }");

        Assert.Equal(("Query", "Mutation", "Subscription"), (schema.QueryType?.Name, schema.MutationType?.Name, schema.SubscriptionType?.Name));
    }

    [Fact]
    public void Has_the_built_in_directives_behind_its_own_unless_it_defines_them()
        => Assert.Equal(
            ["skip", "mine", "include", "deprecated", "specifiedBy", "oneOf"],
            SdlSchemaBuilder.FromSdl("type Query { a: Int } directive @skip on FIELD directive @mine on FIELD").Directives.Keys);

    [Fact]
    public void Leaves_built_in_scalars_as_they_are()
        => Assert.Same(
            GraphQL.Types.Scalars.BuiltInScalars.Id, SdlSchemaBuilder.FromSdl("scalar ID type Query { a: ID }").Types["ID"]);

    [Theory]
    [InlineData("[PLAIN, {a: 1.0}, \"x\"]", """["PLAIN",{"a":1.0},"x"]""")]
    [InlineData("7", "7")]
    public void Gives_scalars_of_its_own_that_take_every_value(string literal, string json)
        => Assert.Equal(
            json, Coerced.Literal((LeafType)SdlSchemaBuilder.FromSdl("scalar Any type Query { a: Any }").Types["Any"], literal));

    [Fact]
    public void Says_everything_that_is_not_there_or_not_of_the_right_kind()
        => Assert.Equal(
            [
                "There can be only one type named \"Twice\".",
                "There can be only one directive named \"@twice\".",
                "There can be only one query type in schema.",
                "Query root type must be Object type, it cannot be Input.",
                "Mutation root type must be Object type if provided, it cannot be Input.",
                "Unknown type \"Qery\". Did you mean \"Query\"?",
                "Cannot extend type \"Quary\" because it is not defined. Did you mean \"Query\"?",
                "Cannot extend non-input object type \"Query\".",
                "Type Query must only implement Interface types, it cannot implement Input.",
                "Unknown type \"Nowhere\".",
                "Unknown type \"Innput\". Did you mean \"Input\" or \"Int\"?",
                "Union type Either can only include Object types, it cannot include Input.",
                "Unknown type \"Flot\". Did you mean \"Float\"?",
                "Unknown type \"Bool\".",
            ],
            Assert.Throws<SchemaException>(() => SdlSchemaBuilder.FromSdl(
                """
                schema { query: Input mutation: Input query: Qery }
                type Query implements Input & Nowhere { field(a: [Innput!]!): Int }
                union Either = Query | Input
                input Input { a: Flot }
                type Twice { a: Int }
                type Twice { a: Int }
                directive @twice(a: Bool) on FIELD
                directive @twice on FIELD
                extend type Quary { b: Int }
                extend input Query { b: Int }
                """)).Problems);

    [Fact]
    public void Refuses_text_that_is_no_sdl()
        => Assert.Equal(
            "Syntax Error: Expected Name, found <EOF>.",
            Assert.Throws<SyntaxErrorException>(() => SdlSchemaBuilder.FromSdl("type")).Message);
}

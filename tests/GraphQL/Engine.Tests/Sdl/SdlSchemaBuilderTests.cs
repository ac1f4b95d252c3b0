using Apc.GraphQL.Language;
using Apc.GraphQL.Sdl;
using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Tests.Execution;
using Apc.GraphQL.Tests.Types;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.Tests.Sdl;

[SpecSection("sec-Type-System-Extensions")]
public class SdlSchemaBuilderTests
{
    private const string Shop =
        """"
        """The shop."""
        schema {
          query: Root
        }

        directive @tag(day: Day) repeatable on FIELD

        type Root {
          shop(on: Day = MONDAY, in: Range): Shop
          found: [Found!]
        }

        type Shop {
          name: String
          url: Url @deprecated
        }

        interface Named {
          name: String
        }

        interface Place {
          place: String
        }

        union Found = Shop

        enum Day {
          """First of the week."""
          MONDAY
        }

        input Range {
          from: Int
        }

        scalar Url

        """";

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
    [SpecSection("sec-Schema-Extension")]
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
    [SpecSection("sec-Root-Operation-Types.Default-Root-Operation-Type-Names")]
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
            BuiltInScalars.Id, SdlSchemaBuilder.FromSdl("scalar ID type Query { a: ID }").Types["ID"]);

    [Theory]
    [InlineData("[PLAIN, {a: 1.0}, \"x\"]", """["PLAIN",{"a":1.0},"x"]""")]
    [InlineData("7", "7")]
    public void Gives_scalars_of_its_own_that_take_every_value(string literal, string json)
        => Assert.Equal(
            json, Coerced.Literal((LeafType)SdlSchemaBuilder.FromSdl("scalar Any type Query { a: Any }").Types["Any"], literal));

    [Fact]
    public void Says_everything_that_does_not_fit_together()
        => Assert.Equal(
            ["There can be only one type named \"Twice\".", "Unknown type \"Nowhere\"."],
            Assert.Throws<SchemaException>(() => SdlSchemaBuilder.FromSdl("type Twice { a: Int } type Twice { b: Nowhere }")).Problems);

    [Fact]
    public void Leaves_what_is_of_the_wrong_kind_to_the_validator_which_says_it_with_all_the_rest()
        => Assert.Equal(
            [
                "Query root type must be Object type, it cannot be Input.",
                "Mutation root type must be Object type if provided, it cannot be Input.",
                "Type Query must only implement Interface types, it cannot implement Input.",
                "Type Node must only implement Interface types, it cannot implement Query.",
                "Type Leaf must implement Query because it is implemented by Node.",
                "Union type Either can only include type Input once.",
                "Union type Either can only include Object types, it cannot include Input.",
                "Enum type Empty must define one or more values.",
            ],
            SchemaValidator.Validate(SdlSchemaBuilder.FromSdl(
                """
                schema { query: Input mutation: Input }
                type Query implements Input { field: Int }
                interface Node implements Query { field: Int }
                type Leaf implements Node { field: Int }
                union Either = Query | Input | Input
                input Input { a: Float }
                enum Empty
                """)));

    [Fact]
    [SpecSection("sec-Schema-Extension")]
    [SpecSection("sec-Type-Extensions")]
    public void Extends_a_schema_with_every_kind_of_extension_and_leaves_it_as_it_was()
    {
        var shop = SdlSchemaBuilder.FromSdl(Shop);

        var extended = SdlSchemaBuilder.Extend(
            shop,
            """
            extend schema { mutation: Changes }
            type Changes { open(at: Day): Shop }
            type Person implements Named { name: String }
            extend type Shop implements Named & Place { owner: Person place: String }
            extend interface Place implements Named { name: String }
            extend union Found = Person
            extend enum Day { TUESDAY }
            extend input Range @oneOf { to: Int }
            extend scalar Url @specifiedBy(url: "https://example.org")
            directive @new(range: Range) on OBJECT
            """);

        Assert.Equal(Shop, SchemaPrinter.Print(shop));
        Assert.Equal([], SchemaValidator.Validate(extended));
        Assert.Equal(
            """"
            """The shop."""
            schema {
              query: Root
              mutation: Changes
            }

            directive @tag(day: Day) repeatable on FIELD

            directive @new(range: Range) on OBJECT

            type Root {
              shop(on: Day = MONDAY, in: Range): Shop
              found: [Found!]
            }

            type Shop implements Named & Place {
              name: String
              url: Url @deprecated
              owner: Person
              place: String
            }

            interface Named {
              name: String
            }

            interface Place implements Named {
              place: String
              name: String
            }

            union Found = Shop | Person

            enum Day {
              """First of the week."""
              MONDAY
              TUESDAY
            }

            input Range @oneOf {
              from: Int
              to: Int
            }

            scalar Url @specifiedBy(url: "https://example.org")

            type Changes {
              open(at: Day): Shop
            }

            type Person implements Named {
              name: String
            }

            """",
            SchemaPrinter.Print(extended));
    }

    [Fact]
    public void Says_of_an_extended_schema_what_is_of_the_wrong_kind()
        => Assert.Equal(
            [
                "Mutation root type must be Object type if provided, it cannot be Day.",
                "Type Shop must only implement Interface types, it cannot implement Range.",
                "Union type Found can only include Object types, it cannot include Place.",
            ],
            SchemaValidator.Validate(SdlSchemaBuilder.Extend(
                SdlSchemaBuilder.FromSdl(Shop),
                "extend schema { mutation: Day } extend type Shop implements Range extend union Found = Place")));

    [Fact]
    public void Refuses_an_extension_that_does_not_fit()
        => Assert.Equal(
            ["Field \"Shop.name\" already exists in the schema. It cannot also be defined in this type extension.", "Unknown type \"Nowhere\"."],
            Assert.Throws<SchemaException>(() => SdlSchemaBuilder.Extend(
                SdlSchemaBuilder.FromSdl(Shop), "extend type Shop { name: Nowhere }")).Problems);

    [Fact]
    public async Task What_resolved_before_an_extension_goes_on_resolving()
    {
        var color = new EnumType("Color", [new("RED", 1), new("BLUE", 2)]);
        var point = new InputObjectType("Point", () => [new("x", BuiltInScalars.Int), new("y", BuiltInScalars.Int)])
        {
            Create = values => $"{values[0]}/{values[1]} of {values.Length}",
        };
        var query = new ObjectType("Query", () =>
        [
            new("color", color) { Resolver = new PureResolver<object, int>(_ => 2) },
            new("at", BuiltInScalars.String)
            {
                Arguments = [new("point", point) { Bind = value => $"bound {value}" }],
                Resolver = new DelegateResolver(context => ValueTask.FromResult(context.Arguments[0])),
            },
            new("date", BuiltInScalars.Id) { Resolver = new PureResolver<object, string>(_ => "x1") },
        ]);

        var extended = SdlSchemaBuilder.Extend(
            new Schema(query),
            """
            extend type Query { more: Int }
            extend enum Color { GREEN }
            extend input Point { z: Int }
            extend scalar ID @specifiedBy(url: "https://example.org")
            """);

        Assert.Equal(
            """{"data":{"color":"BLUE","at":"bound 1/2 of 2","date":"x1","__type":{"specifiedByURL":"https://example.org"}}}""",
            await Run.Async(extended, "{ color at(point: {x: 1, y: 2, z: 3}) date __type(name: \"ID\") { specifiedByURL } }"));
    }

    [Fact]
    public void Refuses_text_that_is_no_sdl()
        => Assert.Equal(
            "Syntax Error: Expected Name, found <EOF>.",
            Assert.Throws<SyntaxErrorException>(() => SdlSchemaBuilder.FromSdl("type")).Message);
}

using System.Reflection;
using System.Reflection.Emit;
using Apc.GraphQL.CodeFirst;
using Apc.GraphQL.Sdl;
using Apc.GraphQL.Tests.Conformance.Validation;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.Tests.CodeFirst;

public class SchemaBuilderTests
{
    [Fact]
    public void Builds_the_schema_that_the_classes_say() => Assert.Equal(
        """"
        type Query {
          """The book with this number."""
          book(
            """The number on its back."""
            isbn: ID!
          ): Book
          books(filter: BookFilter, take: Int! = 25, genre: Genre, years: [Int!] = [1, 2]): [Book!]!
          later(text: String!): String!
          echo(json: JSON, maybe: Int, at: DateTime, link: String, letter: String, small: Int! = 1, ratio: Float! = 0.5, flag: Boolean! = true): String!
          sets(set: [String!]!, list: [Int]!, genres: [Genre!]!, pick: Pick!): String!
          services: String!
          whoever: String
          guarded: String!
          renamed(id: ID!, really: Boolean @deprecated(reason: "Always really.")): Boolean!
          nothing: Boolean
          ids(only: [ID!]): [ID!]!
        }

        """
        A book on the shelf.

        A second paragraph.
        """
        type Book {
          """The number on its back."""
          isbn: ID!

          """What it is called."""
          title: String!

          """
          What it is about, like Genre but longer; null where nobody wrote it down.
          """
          blurb: String
          kind: Genre!
          tags: [String]!
          grid: [[Int!]!]
          raw: JSON
          printed: DateTime!
          price: Float @deprecated(reason: "Ask the till.")
          drawer: String

          """Replaces the property."""
          sold(times: Int! = 2): Int!

          """Loud title."""
          shout: String!
          batched: String
        }

        enum Genre {
          NOVEL

          """True stories."""
          NON_FICTION
          poems @deprecated(reason: "Too short.")
        }

        """Any JSON value."""
        scalar JSON @specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc8259")

        """An instant as RFC 3339 text, such as `2026-01-02T03:04:05.678Z`."""
        scalar DateTime @specifiedBy(url: "https://scalars.graphql.org/andimarek/date-time")

        """What to look for."""
        input BookFilter {
          title: String
          genre: Genre! = NOVEL
          years: [Int!]!
          tags: [String!] = ["new"]
          note: String
          limit: Int
          or: BookFilter
        }

        input Pick @oneOf {
          number: Int
          name: String
        }

        type Mutation {
          add(title: String!): Book!
        }

        type Subscription {
          sold(from: Int!): Int!
          titles: String!
          secrets: String!
        }

        """",
        SchemaPrinter.Print(LibraryRequest.Schema()));

    [Fact]
    public void Finds_the_marked_classes_of_an_assembly_in_the_order_of_their_names()
    {
        var module = AssemblyBuilder.DefineDynamicAssembly(new("Library"), AssemblyBuilderAccess.Run).DefineDynamicModule("Library");
        DefineQueries(module, "Shelves.Upper", "upper");
        DefineQueries(module, "Shelves.Lower", "lower");
        module.DefineType("Shelves.Unmarked", StaticClass).CreateType();

        Assert.Equal(["lower", "upper"], SchemaBuilder.New().AddTypesFrom(module.Assembly).Build().QueryType!.Fields.Keys);
    }

    [Fact]
    public void Binds_scalars_of_the_application_by_type_and_by_name()
    {
        var schema = SchemaBuilder.New()
            .AddScalar(typeof(Guid), new Named("Uuid"), value => Guid.Parse((string)value))
            .AddScalar(new Named("Isbn"))
            .AddScalar(typeof(Version), new Named("Version"))
            .AddType(typeof(ScalarQueries))
            .Description("Scalars.")
            .Build();

        Assert.Equal(
            """"
            """Scalars."""
            schema {
              query: Query
            }

            type Query {
              same(id: Uuid!, isbn: Isbn): Uuid!
              version: Version
            }

            scalar Uuid

            scalar Isbn

            scalar Version

            """",
            SchemaPrinter.Print(schema));
    }

    [Fact]
    public void Adds_directives_of_the_application_beside_the_built_in_ones()
    {
        var schema = SchemaBuilder.New()
            .AddType(typeof(ScalarQueries))
            .AddScalar(new Named("Isbn"))
            .AddScalar(typeof(Version), new Named("Version"))
            .AddDirective(new DirectiveDefinition("trace", [DirectiveLocation.Query, DirectiveLocation.Field])
            {
                Description = "Marks what is looked at.",
                IsRepeatable = true,
                Arguments = [new("label", new NonNullType(BuiltInScalars.String))],
            })
            .Build();

        Assert.StartsWith(
            """"
            """Marks what is looked at."""
            directive @trace(label: String!) repeatable on QUERY | FIELD

            type Query {
            """",
            SchemaPrinter.Print(schema),
            StringComparison.Ordinal);
        Assert.Empty(Judged.Against(schema, "query @trace(label: \"a\") @trace(label: \"b\") { version @trace(label: \"c\") }"));
    }

    [Fact]
    public async Task Converts_what_a_bound_scalar_gives()
        => Assert.Equal(
            """{"data":{"same":"01980000-0000-7000-8000-000000000001"}}""",
            await LibraryRequest.AskAsync(
                """{ same(id: "01980000-0000-7000-8000-000000000001") }""",
                schema: SchemaBuilder.New()
                    .AddScalar(typeof(Guid), new Named("Uuid"), value => Guid.Parse((string)value))
                    .AddScalar(new Named("Isbn"))
                    .AddScalar(typeof(Version), new Named("Version"))
                    .AddType(typeof(ScalarQueries))
                    .Build()));

    [Fact]
    public void Lists_root_fields_by_name_where_that_is_wanted()
    {
        var query = SchemaBuilder.New().AddType(typeof(Later)).AddType(typeof(Earlier)).SortRootFields().Build().QueryType!;

        Assert.Equal(["apple", "blueberry", "cherry"], query.Fields.Keys);
    }

    [Fact]
    public void Says_everything_that_cannot_be_mapped_at_once()
    {
        var exception = Assert.Throws<SchemaException>(() => SchemaBuilder.New().AddType(typeof(Unmappable)).AddType(typeof(UnmappableBook)).Build());

        Assert.Equal(
            [
                "Unmappable.Service(shelf): Shelf is neither a scalar, an enum, a record (an input object) nor a registered service.",
                "Unmappable.Stream: Stream has no GraphQL type. Bind it with AddScalar, or name a type with [GraphQLType].",
                "Unmappable.Dictionary: Dictionary<String, Int32> has no GraphQL type. Bind it with AddScalar, or name a type with [GraphQLType].",
                "Unmappable.Nothing: a field has a value, but the method returns none.",
                "Unmappable.Later: a field has a value, but the method returns none.",
                "Unmappable.Events: only subscriptions return IAsyncEnumerable<T>.",
                "Unmappable.Parent(book): a root field has no parent.",
                "Unmappable.Maybe(number): what may be left out may be null too. Write Optional<Int32?>.",
                """Unmappable.Reference(text): [GraphQLType("Isbn")] names a type that nobody has added.""",
                """Unmappable.Reference(broken): [GraphQLType("[ID")] is no type reference. Syntax Error: Expected "]", found <EOF>.""",
                """Unmappable.Reference(number): [GraphQLType("Int")] lets the value be null, but Int32 cannot be.""",
                """Unmappable.Default(number): [GraphQLDefault("[1")] is no literal. Syntax Error: Unexpected <EOF>.""",
                "Unmappable.Guarded: NeedsArgumentAttribute cannot guard the field. There is no argument isbn.",
                "Unmappable.Generic: a generic method cannot be a field.",
                "UnmappableBook.Wrong(shelf): the parent is a Book, not a Shelf.",
            ],
            exception.Problems);
    }

    [Fact]
    public void Says_every_rule_of_the_type_system_that_the_classes_break()
        => Assert.Equal(
            [
                """Field "Query.twice" can only be defined once.""",
                """Name "__hidden" must not begin with "__", which is reserved by GraphQL introspection.""",
            ],
            Assert.Throws<SchemaException>(() => SchemaBuilder.New().AddType(typeof(Duplicates)).Build()).Problems);

    [Fact]
    public void Names_generic_types_after_their_arguments()
        => Assert.Equal(
            """
            type ResultsOfBook {
              first: Book
            }
            """,
            SchemaPrinter.Print(SchemaBuilder.New().AddType(typeof(GenericQueries)).Build().Types["ResultsOfBook"]));

    private const TypeAttributes StaticClass = TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed;

    private static void DefineQueries(ModuleBuilder module, string name, string field)
    {
        var type = module.DefineType(name, StaticClass);
        type.SetCustomAttribute(new(typeof(QueryTypeAttribute).GetConstructor([])!, []));
        var code = type.DefineMethod(field, MethodAttributes.Public | MethodAttributes.Static, typeof(bool), []).GetILGenerator();
        code.Emit(OpCodes.Ldc_I4_1);
        code.Emit(OpCodes.Ret);
        type.CreateType();
    }

    [QueryType]
    private static class ScalarQueries
    {
        public static Guid Same(Guid id, [GraphQLType("Isbn")] string? isbn) => isbn is null ? id : default;

        public static Version? Version() => null;
    }

    private sealed class Named(string name) : TextScalar(name);

    [QueryType]
    private static class Unmappable
    {
        public static string Service(Shelf shelf) => $"{shelf}";

        public static Stream Stream() => System.IO.Stream.Null;

        public static Dictionary<string, int> Dictionary() => [];

        public static void Nothing()
        {
        }

        public static Task Later() => Task.CompletedTask;

        public static IAsyncEnumerable<int> Events() => throw new NotSupportedException();

        public static string Parent([Parent] Book book) => book.Title;

        public static string Maybe(Optional<int> number) => $"{number}";

        public static string Reference([GraphQLType("Isbn")] string text, [GraphQLType("[ID")] string broken, [GraphQLType("Int")] int number)
            => $"{text}{broken}{number}";

        public static string Default([GraphQLDefault("[1")] int? number) => $"{number}";

        [NeedsArgument("isbn")]
        public static string Guarded() => "";

        public static string Generic<T>() => typeof(T).Name;

        public static Book? Book() => null;
    }

    [ObjectType<Book>]
    private static class UnmappableBook
    {
        public static string Wrong([Parent] Shelf shelf) => $"{shelf}";
    }

    [QueryType]
    private static class Duplicates
    {
        public static string Twice() => "";

        public static string GetTwice(ResolverContext context) => $"{context}";

        [GraphQLName("__hidden")]
        public static string Hidden() => "";
    }

    [QueryType]
    private static class GenericQueries
    {
        public static Results<Book>? Books() => null;
    }

    private sealed record Results<T>(T? First);

    [QueryType]
    public static class Later
    {
        public static int GetCherry() => 3;

        public static int GetApple() => 1;
    }

    [QueryType]
    public static class Earlier
    {
        public static int GetBlueberry() => 2;
    }
}

using Apc.GraphQL.CodeFirst;
using Apc.GraphQL.Sdl;
using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Tests.CodeFirst;

/// <summary>An enum whose values are known only when the schema is built.</summary>
[SpecSection("sec-Enums")]
public class BoundEnumTests
{
    private static readonly Genre Poem = new("poem");
    private static readonly Genre Novel = new("novel");

    private static readonly Schema Genres = LibraryRequest.Builder()
        .AddType(typeof(GenreQueries))
        .AddEnum(typeof(Genre), new EnumType("Genre", [new("POEM", Poem), new("NOVEL", Novel) { Description = "Long." }], "What it is.", typeof(Genre)))
        .Build();

    [Fact]
    public void Stands_in_the_schema_like_any_enum() => Assert.Equal(
        """"
        type Query {
          genre(of: Genre!, among: [Genre!]): Genre
          genres: [Genre!]!
        }

        """What it is."""
        enum Genre {
          POEM

          """Long."""
          NOVEL
        }
        """",
        SchemaPrinter.Print(Genres).TrimEnd());

    [Theory]
    [InlineData("{ genre(of: NOVEL) genres }", null, """{"data":{"genre":"NOVEL","genres":["POEM","NOVEL"]}}""")]
    [InlineData("query ($g: Genre!) { genre(of: $g, among: [POEM]) }", """{"g":"NOVEL"}""", """{"data":{"genre":null}}""")]
    public async Task Arguments_and_answers_carry_the_bound_objects(string document, string? variables, string answer)
        => Assert.Equal(answer, await LibraryRequest.AskAsync(document, variables, schema: Genres));

    [Fact]
    public async Task Other_names_are_refused()
        => Assert.Contains(
            """Value \"NOVELS\" does not exist in \"Genre\" enum. Did you mean the enum value \"NOVEL\"?""",
            await LibraryRequest.AskAsync("{ genre(of: NOVELS) }", schema: Genres), StringComparison.Ordinal);

    public sealed class Genre(string word)
    {
        public string Word { get; } = word;
    }

    [QueryType]
    public static class GenreQueries
    {
        public static Genre? GetGenre(Genre of, IReadOnlyList<Genre>? among) => among is null || among.Contains(of) ? of : null;

        public static IReadOnlyList<Genre> GetGenres() => [Poem, Novel];
    }
}

using Apc.GraphQL.Language;
using Apc.GraphQL.Sdl;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Tests.Conformance.Language;

[SpecSection("sec-Schema-Coordinates")]
public sealed class SchemaCoordinateTests
{
    private static readonly Schema Library = SdlSchemaBuilder.FromSdl(
        """
        type Query { books(by: BookFilter, first: Int): [Book] }
        interface Titled { title(short: Boolean): String }
        type Book implements Titled { title(short: Boolean): String @internal(team: "press") }
        input BookFilter { author: String shelf: Shelf }
        enum Shelf { FICTION HISTORY }
        union Found = Book
        scalar Isbn
        directive @internal(team: String!) on FIELD_DEFINITION
        """);

    [Theory]
    [SpecSection("sec-Schema-Coordinates.Parsing-a-Schema-Coordinate")]
    [MemberData(nameof(Coordinates))]
    public void Reads_a_coordinate_of_each_kind_and_writes_it_as_it_was(string text, SchemaCoordinate coordinate)
    {
        Assert.Equal(coordinate, SchemaCoordinate.Parse(text));
        Assert.Equal(text, coordinate.ToString());
    }

    public static TheoryData<string, SchemaCoordinate> Coordinates() => new()
    {
        { "Book", new TypeCoordinate("Book") },
        { "Book.title", new MemberCoordinate("Book", "title") },
        { "Book.title(short:)", new ArgumentCoordinate("Book", "title", "short") },
        { "@internal", new DirectiveCoordinate("internal") },
        { "@internal(team:)", new DirectiveArgumentCoordinate("internal", "team") },
        { "__Type", new TypeCoordinate("__Type") },
    };

    [Theory]
    [SpecSection("sec-Schema-Coordinates.Parsing-a-Schema-Coordinate")]
    [InlineData("", "Expected Name, found <EOF>.", 1)]
    [InlineData(" Book", "Invalid character: \" \".", 1)]
    [InlineData("Book .title", "Invalid character: \" \".", 5)]
    [InlineData("Book,", "Invalid character: \",\".", 5)]
    [InlineData("Book#", "Invalid character: \"#\".", 5)]
    [InlineData("\uFEFFBook", "Invalid character: U+FEFF.", 1)]
    [InlineData("Book.", "Expected Name, found <EOF>.", 6)]
    [InlineData("Book..title", "Expected Name, found \".\".", 6)]
    [InlineData("Book...title", "Expected Name, found \".\".", 6)]
    [InlineData("Book(short:)", "Expected <EOF>, found \"(\".", 5)]
    [InlineData("Book.title.short", "Expected <EOF>, found \".\".", 11)]
    [InlineData("Book.title(short)", "Expected \":\", found \")\".", 17)]
    [InlineData("Book.title(short: true)", "Invalid character: \" \".", 18)]
    [InlineData("Book.title(short:true)", "Expected \")\", found Name \"true\".", 18)]
    [InlineData("Book.title()", "Expected Name, found \")\".", 12)]
    [InlineData("@internal.team", "Expected <EOF>, found \".\".", 10)]
    [InlineData("@", "Expected Name, found <EOF>.", 2)]
    [InlineData("1Book", "Invalid character: \"1\".", 1)]
    public void Refuses_text_that_is_no_coordinate(string text, string message, int column)
    {
        var exception = Assert.Throws<SyntaxErrorException>(() => SchemaCoordinate.Parse(text));
        Assert.Equal(($"Syntax Error: {message}", new SourceLocation(1, column)), (exception.Message, exception.Location));
    }

    [Fact]
    [SpecSection("sec-Schema-Coordinates.Resolving-a-Schema-Coordinate")]
    [SpecSection("sec-Schema-Coordinates.Examples")]
    public void Finds_an_element_of_each_kind()
    {
        var book = Assert.IsType<ObjectType>(Resolve("Book"));
        Assert.Same(Library.Types["Book"], book);
        Assert.Same(Library.Types["String"], Resolve("String"));
        Assert.Same(book.Fields["title"], Resolve("Book.title"));
        Assert.Same(((InterfaceType)Library.Types["Titled"]).Fields["title"], Resolve("Titled.title"));
        Assert.Same(((InputObjectType)Library.Types["BookFilter"]).Fields["shelf"], Resolve("BookFilter.shelf"));
        Assert.Same(((EnumType)Library.Types["Shelf"]).Values["HISTORY"], Resolve("Shelf.HISTORY"));
        Assert.Same(Library.QueryType!.Fields["books"].Arguments[1], Resolve("Query.books(first:)"));
        Assert.Same(Library.Directives["internal"], Resolve("@internal"));
        Assert.Same(BuiltInDirectives.Deprecated.Arguments[0], Resolve("@deprecated(reason:)"));
    }

    [Theory]
    [SpecSection("sec-Schema-Coordinates.Resolving-a-Schema-Coordinate")]
    [InlineData("Magazine")]
    [InlineData("Book.author")]
    [InlineData("BookFilter.title")]
    [InlineData("Shelf.POETRY")]
    [InlineData("Book.title(long:)")]
    [InlineData("@external")]
    [InlineData("@internal(reason:)")]
    public void Finds_nothing_where_only_the_last_name_is_not_there(string text) => Assert.Null(Resolve(text));

    [Theory]
    [SpecSection("sec-Schema-Coordinates.Resolving-a-Schema-Coordinate")]
    [InlineData("Magazine.title", "Expected \"Magazine\" to be defined as a type in the schema.")]
    [InlineData("Isbn.length", "Expected \"Isbn\" to be an Enum, Input Object, Object or Interface type.")]
    [InlineData("Found.Book", "Expected \"Found\" to be an Enum, Input Object, Object or Interface type.")]
    [InlineData("Magazine.title(short:)", "Expected \"Magazine\" to be defined as a type in the schema.")]
    [InlineData("BookFilter.author(short:)", "Expected \"BookFilter\" to be an object type or interface type.")]
    [InlineData("Book.author(short:)", "Expected \"author\" to exist as a field of type \"Book\" in the schema.")]
    [InlineData("@external(team:)", "Expected \"external\" to be defined as a directive in the schema.")]
    public void Refuses_a_coordinate_whose_outer_names_mean_nothing(string text, string message)
        => Assert.Equal(message, Assert.Throws<SchemaCoordinateException>(() => Resolve(text)).Message);

    private static object? Resolve(string text) => SchemaCoordinates.Resolve(Library, SchemaCoordinate.Parse(text));
}

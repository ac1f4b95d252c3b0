using Apc.GraphQL.AspNetCore;
using Apc.GraphQL.CodeFirst;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddGraphQLServer(_ => SchemaBuilder.New().AddTypesFrom(typeof(Book).Assembly).Build());

var app = builder.Build();
app.MapGraphQL("/graphql");
app.MapPlayground("/playground", endpoint: "/graphql");
app.Run();

/// <summary>A book. Its properties are the fields of the type, and summaries are descriptions in the schema.</summary>
/// <param name="Title">The title on the cover.</param>
/// <param name="Year">The year of publication.</param>
internal sealed record Book(string Title, int Year);

/// <summary>The root fields of queries: each method is a field, and each of its parameters is an argument.</summary>
[QueryType]
internal static class BookQueries
{
    private static readonly Book[] All = [new("Frankenstein", 1818), new("Middlemarch", 1871), new("Emma", 1815)];

    /// <summary>The books that were published in this year or later, the oldest first.</summary>
    public static IReadOnlyList<Book> GetBooks(int since = 0) => [.. All.Where(book => book.Year >= since).OrderBy(book => book.Year)];

    /// <summary>The book with this title; null if there is none.</summary>
    public static Book? GetBook(string title) => All.FirstOrDefault(book => book.Title == title);
}

/// <summary>Computed fields of books.</summary>
[ObjectType<Book>]
internal static class BookType
{
    /// <summary>The century of publication.</summary>
    public static int GetCentury([Parent] Book book) => ((book.Year - 1) / 100) + 1;
}

using Apc.GraphQL.AspNetCore;
using Apc.GraphQL.CodeFirst;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddGraphQLServer(_ => SchemaBuilder.New().AddTypesFrom(typeof(Book).Assembly).Build());

var app = builder.Build();
app.MapGraphQL("/graphql");
app.MapPlayground("/playground", endpoint: "/graphql");
app.Run();

/// <summary>A book. Its properties are fields, and summaries are descriptions.</summary>
/// <param name="Title">What stands on its cover.</param>
/// <param name="Year">When it appeared.</param>
internal sealed record Book(string Title, int Year);

/// <summary>What can be asked: each method is a field, each of its parameters an argument.</summary>
[QueryType]
internal static class BookQueries
{
    private static readonly Book[] All = [new("Frankenstein", 1818), new("Middlemarch", 1871), new("Emma", 1815)];

    /// <summary>All books that appeared in this year or later, the oldest first.</summary>
    public static IReadOnlyList<Book> GetBooks(int since = 0) => [.. All.Where(book => book.Year >= since).OrderBy(book => book.Year)];

    /// <summary>The book with this title; null if there is none.</summary>
    public static Book? GetBook(string title) => All.FirstOrDefault(book => book.Title == title);
}

/// <summary>What is computed of every book.</summary>
[ObjectType<Book>]
internal static class BookType
{
    /// <summary>The century in which it appeared.</summary>
    public static int GetCentury([Parent] Book book) => ((book.Year - 1) / 100) + 1;
}

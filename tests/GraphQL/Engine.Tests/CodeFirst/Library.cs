using System.Text.Json;
using Apc.GraphQL.CodeFirst;
using Apc.GraphQL.Execution.DataLoader;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Tests.CodeFirst;

/// <summary>A book on the shelf.<para>A second paragraph.</para></summary>
/// <param name="Isbn">The number on its back.</param>
/// <param name="Title">What it is called.</param>
public sealed record Book(Guid Isbn, string Title)
{
    /// <summary>
    /// What it is about, like <see cref="Genre"/> but longer;
    /// <see langword="null"/> where <c>nobody</c> wrote it down.
    /// </summary>
    public string? Blurb { get; init; }

    [GraphQLName("kind")]
    public Genre Genre { get; init; }

    public IReadOnlyList<string?> Tags { get; init; } = [];

    public int[][]? Grid { get; init; }

    [GraphQLType("JSON")]
    public byte[]? Raw { get; init; }

    public DateTimeOffset Printed { get; init; }

    [GraphQLDeprecated("Ask the till.")]
    public decimal? Price { get; init; }

    [GraphQLIgnore]
    public string Secret { get; init; } = "";

    [Guard("secret drawer")]
    public string? Drawer { get; init; }

    public int Sold { get; init; }
}

public enum Genre
{
    Novel,

    /// <summary>True stories.</summary>
    NonFiction,

    [GraphQLName("poems"), GraphQLDeprecated("Too short.")]
    Poetry,

    [GraphQLIgnore]
    Unsorted,
}

/// <summary>What to look for.</summary>
public sealed record BookFilter(string? Title, Genre Genre = Genre.Novel)
{
    public required IReadOnlyList<int> Years { get; init; }

    [GraphQLDefault("[\"new\"]")]
    public string[]? Tags { get; init; }

    public Optional<string?> Note { get; init; }

    public int? Limit { get; init; } = 7;

    public BookFilter? Or { get; init; }
}

[OneOf]
public readonly record struct Pick(int? Number, string? Name);

public sealed class Shelf
{
    public int Books { get; set; } = 3;
}

public sealed class Visit
{
    public int Count { get; set; }
}

public sealed record Reader(string Name);

public sealed class TitleLoader : BatchDataLoader<Guid, string>
{
    protected override Task<IReadOnlyDictionary<Guid, string>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyDictionary<Guid, string>>(keys.ToDictionary(k => k, k => $"{keys.Count} at once"));
}

public sealed class GuardAttribute(string place) : FieldPolicyAttribute
{
    public override FieldDelegate Wrap(FieldDefinition field, FieldDelegate next) => async context =>
        await next(context) is { } value ? $"{place}({value} of {field.Name})" : null;
}

public sealed class ClosedAttribute : FieldPolicyAttribute
{
    public override FieldDelegate Wrap(FieldDefinition field, FieldDelegate next) => _ => throw new CoercionException("Closed.");
}

public sealed class NeedsArgumentAttribute(string name) : FieldPolicyAttribute
{
    public override FieldDelegate Wrap(FieldDefinition field, FieldDelegate next)
        => field.FindArgument(name) is null ? throw new ArgumentException($"There is no argument {name}.") : next;
}

[QueryType]
public static class BookQueries
{
    public static readonly Book Dune = new(new Guid("01980000-0000-7000-8000-000000000001"), "Dune") { Printed = DateTimeOffset.UnixEpoch };

    /// <summary>The book with this number.</summary>
    /// <param name="isbn">The number
    /// on its back.</param>
    public static Task<Book?> GetBookAsync(Guid isbn, CancellationToken cancellationToken)
        => Task.FromResult(isbn == Dune.Isbn && !cancellationToken.IsCancellationRequested ? Dune : null);

    public static IReadOnlyList<Book> Books(BookFilter? filter, int take = 25, Genre? genre = null, [GraphQLDefault("[1, 2]")] long[]? years = null)
        => take == 25 ? [Dune, Dune with { Title = $"{filter} {genre} {string.Join('+', years ?? [])}" }] : [];

    public static async ValueTask<string> Later(string text, Selection selection)
    {
        await Task.Yield();
        return text + selection.Wants("none");
    }

    public static string Echo(
        JsonElement? json, Optional<int?> maybe, DateTime? at, Uri? link, char? letter, short small = 1, double ratio = 0.5, bool flag = true)
        => $"{json?.GetRawText()} {(maybe.HasValue ? maybe.Value?.ToString("D", null) ?? "null" : "absent")} {at:O} {link} {letter} {small} {ratio} {flag}";

    public static string Sets(HashSet<string> set, List<int?> list, IEnumerable<Genre> genres, Pick pick)
        => $"{string.Join('|', set)} {string.Join('|', list)} {string.Join('|', genres)} {pick}";

    public static string Services(Shelf shelf, Visit visit, Reader reader, ResolverContext context)
        => $"{shelf.Books++} {visit.Count} {reader.Name} {context.Field.Name}";

    public static string? Whoever(Reader? reader) => reader?.Name;

    [Guard("outer"), Guard("inner")]
    public static string Guarded() => "x";

    [GraphQLName("renamed"), SideEffects]
    public static bool Sweep([GraphQLType("ID!")] string id, [GraphQLName("really"), GraphQLDeprecated("Always really.")] bool? sure) => id == "1" && sure is null;

    public static bool? Nothing() => null;

    public static Guid[] Ids([GraphQLType("[ID!]")] Guid[]? only) => only ?? [Dune.Isbn];

    [GraphQLIgnore]
    public static string Hidden() => "";
}

[MutationType]
public static class BookMutations
{
    public static Book Add(string title) => BookQueries.Dune with { Title = title };
}

[SubscriptionType]
public static class BookEvents
{
    public static async IAsyncEnumerable<int> Sold(int from)
    {
        await Task.Yield();
        yield return from;
        yield return from + 1;
    }

    public static Task<IAsyncEnumerable<string>> TitlesAsync() => Task.FromResult(One());

    [Closed]
    public static IAsyncEnumerable<string> Secrets() => throw new InvalidOperationException("The policy lets nobody through.");

    private static async IAsyncEnumerable<string> One()
    {
        await Task.Yield();
        yield return "Dune";
    }
}

[ObjectType<Book>]
public static class BookType
{
    /// <summary>Loud title.</summary>
    public static string Shout([Parent] Book book) => book.Title.ToUpperInvariant();

    public static Task<string?> Batched([Parent] Book book, TitleLoader titles, CancellationToken cancellationToken)
        => titles.LoadAsync(book.Isbn, cancellationToken);

    /// <summary>Replaces the property.</summary>
    public static int GetSold([Parent] Book book, int times = 2) => (book.Sold + 1) * times;
}

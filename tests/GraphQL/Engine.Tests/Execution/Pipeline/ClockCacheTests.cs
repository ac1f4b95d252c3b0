using System.Text;
using Apc.GraphQL.Execution.Pipeline;

namespace Apc.GraphQL.Tests.Execution.Pipeline;

public class ClockCacheTests
{
    // A document's weight is its key and what it was said to take: 1 + 99 bytes for one of the letters below.
    private const int Weight = 100;

    [Fact]
    public void Finds_what_it_keeps_and_nothing_else()
    {
        var cache = new ClockCache(10, 10_000);
        var document = Add(cache, "a");

        Assert.Same(document, Find(cache, "a"));
        Assert.Null(Find(cache, "b"));
        Assert.Null(Find(cache, "a", isEscaped: true));
    }

    [Fact]
    public void Compares_documents_whose_hashes_fall_together()
    {
        var cache = new ClockCache(10, 10_000);
        var a = Add(cache, "a", hash: 1);
        var b = Add(cache, "b", hash: 1);

        Assert.Same(a, Find(cache, "a", hash: 1));
        Assert.Same(b, Find(cache, "b", hash: 1));
        Assert.Null(Find(cache, "c", hash: 1));
        Assert.Null(Find(cache, "a", hash: 2));
    }

    [Fact]
    public void Keeps_the_first_of_two_that_were_made_at_the_same_time()
    {
        var cache = new ClockCache(10, 10_000);
        var first = Add(cache, "a");

        Assert.Same(first, Add(cache, "a"));
        Assert.Equal((1, Weight), (cache.Count, cache.Bytes));
    }

    [Fact]
    public void Keeps_no_more_documents_than_allowed()
    {
        var cache = new ClockCache(3, 10_000);
        AddAll(cache, "abcde");
        Assert.Equal("cde", Kept(cache));
        Assert.Equal((3, 3 * Weight), (cache.Count, cache.Bytes));
    }

    [Fact]
    public void Keeps_no_more_bytes_than_allowed()
    {
        var cache = new ClockCache(100, 3 * Weight);
        AddAll(cache, "abcde");
        Assert.Equal("cde", Kept(cache));

        Add(cache, "f", bytes: (2 * Weight) - 1);
        Assert.Equal("ef", Kept(cache));
        Assert.Equal(3 * Weight, cache.Bytes);
    }

    [Fact]
    public void Does_not_keep_what_is_larger_than_all_its_room()
    {
        var cache = new ClockCache(100, 3 * Weight);
        AddAll(cache, "ab");

        Assert.NotNull(Add(cache, "c", bytes: 3 * Weight));

        Assert.Equal("ab", Kept(cache));
    }

    [Fact]
    public void Keeps_nothing_where_nothing_is_allowed()
    {
        var cache = new ClockCache(0, 10_000);
        Assert.NotNull(Add(cache, "a"));
        Assert.Equal((0, 0), (cache.Count, cache.Bytes));
    }

    [Fact]
    public void Spares_what_was_used_since_the_hand_last_passed()
    {
        var cache = new ClockCache(3, 10_000);
        AddAll(cache, "abc");
        Find(cache, "a");
        AddAll(cache, "de");
        Assert.Equal("ade", Kept(cache));
    }

    [Fact]
    public void Spares_what_was_used_once_only_once()
    {
        var cache = new ClockCache(3, 10_000);
        AddAll(cache, "abc");
        Find(cache, "a");
        AddAll(cache, "defg");
        Assert.Equal("efg", Kept(cache));
    }

    [Fact]
    public void Finds_room_where_everything_was_used()
    {
        var cache = new ClockCache(3, 10_000);
        AddAll(cache, "abc");
        Kept(cache);
        Add(cache, "d");
        Assert.Equal("bcd", Kept(cache));
    }

    [Fact]
    public void Keeps_a_document_in_use_through_any_number_of_others()
    {
        var cache = new ClockCache(10, 10_000);
        var document = Add(cache, "a");

        for (var i = 0; i < 10_000; i++)
        {
            Add(cache, $"other {i}");
            Assert.Same(document, Find(cache, "a"));
        }

        Assert.Equal(10, cache.Count);
    }

    [Fact]
    public async Task Stays_in_bounds_while_many_threads_use_it()
    {
        var cache = new ClockCache(50, 50 * 120);
        var cancellationToken = TestContext.Current.CancellationToken;

        await Parallel.ForAsync(0, 8, cancellationToken, (thread, _) =>
        {
            var random = new Random(thread);

            for (var i = 0; i < 20_000; i++)
            {
                var text = $"{random.Next(200)}";
                var document = Find(cache, text) ?? Add(cache, text);
                Assert.Equal(text, document.Operations.Count == 0 ? text : "");
            }

            return ValueTask.CompletedTask;
        });

        var kept = Enumerable.Range(0, 200).Count(i => Find(cache, $"{i}") is not null);
        Assert.Equal(cache.Count, kept);
        Assert.InRange(kept, 1, 50);
        Assert.InRange(cache.Bytes, 100 * kept, 50 * 120);
    }

    [Fact]
    public void Throws_others_out_for_a_document_that_grows()
    {
        var cache = new ClockCache(100, 3 * Weight);
        AddAll(cache, "ab");
        var c = Add(cache, "c");
        c.Grow(150);

        Assert.Equal("c", Kept(cache));
        Assert.Equal((1, Weight + 150), (cache.Count, cache.Bytes));
    }

    [Fact]
    public void Throws_a_document_out_that_grows_beyond_all_room_and_forgets_it()
    {
        var cache = new ClockCache(100, 3 * Weight);
        var a = Add(cache, "a");
        a.Grow(3 * Weight);
        a.Grow(3 * Weight);

        Assert.Equal((0, 0), (cache.Count, cache.Bytes));
    }

    private static PreparedDocument Add(ClockCache cache, string text, int bytes = Weight - 1, ulong? hash = null)
        => cache.Add(Bytes(text, false, hash), PreparedDocument.Accepted([], bytes));

    private static void AddAll(ClockCache cache, string texts)
    {
        foreach (var text in texts)
        {
            Add(cache, $"{text}");
        }
    }

    private static PreparedDocument? Find(ClockCache cache, string text, bool isEscaped = false, ulong? hash = null)
        => cache.Find(Bytes(text, isEscaped, hash));

    private static string Kept(ClockCache cache) => string.Concat("abcdefgh".Where(c => Find(cache, $"{c}") is not null));

    private static DocumentBytes Bytes(string text, bool isEscaped, ulong? hash)
        => new(Encoding.UTF8.GetBytes(text), isEscaped, hash ?? (ulong)text.GetHashCode(StringComparison.Ordinal));
}

using System.Diagnostics.Metrics;
using Apc.GraphQL.Execution.Pipeline;

namespace Apc.GraphQL.Tests.Execution.Pipeline;

public sealed class DocumentCacheTests : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly AsyncLocal<Dictionary<string, long>> _counts = new();

    public DocumentCacheTests()
    {
        _counts.Value = [];
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Apc.GraphQL")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            // Other tests count too, on other threads.
            if (_counts.Value is { } counts)
            {
                counts[instrument.Name] = counts.GetValueOrDefault(instrument.Name) + value;
            }
        });
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void Prepares_a_document_once()
    {
        var prepared = 0;
        var cache = new DocumentCache(new());

        for (var i = 0; i < 3; i++)
        {
            Get(cache, "{ a }", () => { prepared++; return Accepted(); });
        }

        Assert.Equal(1, prepared);
    }

    [Fact]
    public void Remembers_rejections_too()
    {
        var prepared = 0;
        var cache = new DocumentCache(new());

        for (var i = 0; i < 3; i++)
        {
            Assert.NotNull(Get(cache, "{ a", () => { prepared++; return Rejected(); }).Rejection);
        }

        Assert.Equal(1, prepared);
    }

    [Fact]
    public void Drives_no_document_out_for_a_rejected_one()
    {
        var cache = new DocumentCache(new() { MaxCachedDocuments = 2, MaxCachedRejections = 3 });
        var document = Get(cache, "{ a }", Accepted);

        for (var i = 0; i < 100; i++)
        {
            Get(cache, $"{{ a{i}", Rejected);
        }

        Assert.Same(document, Get(cache, "{ a }", () => throw new InvalidOperationException("It was driven out.")));
    }

    [Fact]
    public void Once_full_takes_a_document_in_only_when_it_comes_a_second_time()
    {
        var prepared = 0;
        var cache = new DocumentCache(new() { MaxCachedDocuments = 2 });
        Get(cache, "{ a }", Accepted);
        Get(cache, "{ b }", Accepted);

        for (var i = 0; i < 4; i++)
        {
            Get(cache, "{ c }", () => { prepared++; return Accepted(); });
        }

        Assert.Equal(2, prepared);
    }

    [Fact]
    public void Drives_nothing_out_for_documents_that_come_once()
    {
        var cache = new DocumentCache(new() { MaxCachedDocuments = 2 });
        var a = Get(cache, "{ a }", Accepted);
        var b = Get(cache, "{ b }", Accepted);

        for (var i = 0; i < 1_000; i++)
        {
            Get(cache, $"{{ field{i} }}", Accepted);
        }

        Assert.Same(a, Get(cache, "{ a }", () => throw new InvalidOperationException("It was driven out.")));
        Assert.Same(b, Get(cache, "{ b }", () => throw new InvalidOperationException("It was driven out.")));
    }

    [Fact]
    public void Counts_hits_and_misses()
    {
        var cache = new DocumentCache(new());
        Get(cache, "{ a }", Accepted);
        Get(cache, "{ a }", Accepted);
        Get(cache, "{ b", Rejected);
        Get(cache, "{ b", Rejected);
        Get(cache, "{ b", Rejected);

        Assert.Equal(3, _counts.Value!["graphql.document_cache.hits"]);
        Assert.Equal(2, _counts.Value["graphql.document_cache.misses"]);
    }

    private static PreparedDocument Get(DocumentCache cache, string text, Func<PreparedDocument> prepare)
        => cache.Get(GraphQLRequest.For(text), _ => prepare());

    private static PreparedDocument Accepted() => PreparedDocument.Accepted([], 100);

    private static PreparedDocument Rejected()
        => PreparedDocument.Rejected(RequestRefusal.Of(ResponseKind.ParseFailed, "CODE", "No."));
}

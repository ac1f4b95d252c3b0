using System.Diagnostics.Metrics;

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>
/// Prepared documents by their bytes as they stand in the request. Accepted and rejected documents are kept in separate parts, so that
/// rejected ones cannot evict accepted ones.
/// </summary>
internal sealed class DocumentCache(GraphQLExecutorOptions options)
{
    private static readonly Meter Meter = new("Apc.GraphQL");

    private static readonly Counter<long> Hits = Meter.CreateCounter<long>(
        "graphql.document_cache.hits", "{document}", "Documents that were found ready.");

    private static readonly Counter<long> Misses = Meter.CreateCounter<long>(
        "graphql.document_cache.misses", "{document}", "Documents that had to be parsed, validated and planned.");

    private readonly DocumentHash _hash = DocumentHash.Create();
    private readonly ClockCache _accepted = new(options.MaxCachedDocuments, options.MaxCachedDocumentBytes);
    private readonly ClockCache _rejected = new(options.MaxCachedRejections, options.MaxCachedRejectionBytes);
    private readonly Sightings _sightings = new(options.MaxCachedDocuments);

    /// <summary>The document of the request; a new one is prepared and cached.</summary>
    public PreparedDocument Get(GraphQLRequest request, Func<GraphQLRequest, PreparedDocument> prepare)
    {
        var bytes = request.Document.Span;
        var document = new DocumentBytes(bytes, request.IsEscaped, _hash.Of(bytes));

        if ((_accepted.Find(document) ?? _rejected.Find(document)) is { } known)
        {
            Hits.Add(1);
            return known;
        }

        Misses.Add(1);
        var prepared = prepare(request);
        var part = prepared.Rejection is null ? _accepted : _rejected;

        // When the cache is full, a document evicts another one only when it is seen a second time. A document that is seen once, with an
        // id written into it, would live long enough to cost the garbage collector more than its preparation.
        return part.IsFullFor(prepared) && !_sightings.Note(document.Hash) ? prepared : part.Add(document, prepared);
    }
}

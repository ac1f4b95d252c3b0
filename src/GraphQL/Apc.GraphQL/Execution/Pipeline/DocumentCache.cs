using System.Diagnostics.Metrics;

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>
/// Documents that were seen before, by their bytes as they stand in the request. Accepted and rejected ones are kept apart, so that
/// rejected ones cannot drive the others out.
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

    /// <summary>The document of the request; prepared, and kept, where it is new.</summary>
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

        // Once the room is taken, a document drives another one out only when it comes a second time: what comes once, with an id written into it, would
        // grow old in here and cost the garbage collector more than it cost to prepare.
        return part.IsFullFor(prepared) && !_sightings.Note(document.Hash) ? prepared : part.Add(document, prepared);
    }
}

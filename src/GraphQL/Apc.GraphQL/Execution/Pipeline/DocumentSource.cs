using Apc.GraphQL.Errors;
using Apc.GraphQL.Execution.Pipeline.Persisted;

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>
/// Finds the document of a request: by its text, among the trusted documents, or among those that clients have stored. A request that holds
/// only a text, as most do, takes a short path.
/// </summary>
internal sealed class DocumentSource
{
    // A request's id may be as long as its body.
    private const int MaxIdInMessages = 80;

    private static readonly PreparedDocument Missing = Refuse(
        ResponseKind.DocumentMissing, ErrorCodes.BadRequest, "The member 'query' is missing: it holds the GraphQL document.");

    private static readonly PreparedDocument UnknownVersion = Refuse(
        ResponseKind.DocumentMissing, ErrorCodes.BadRequest, "Unsupported persisted query version");

    private static readonly PreparedDocument Mismatch = Refuse(
        ResponseKind.DocumentMissing, ErrorCodes.BadRequest, "provided sha does not match query");

    private static readonly PreparedDocument NotStored = Refuse(
        ResponseKind.PersistedQueryNotFound, ErrorCodes.PersistedQueryNotFound, "PersistedQueryNotFound");

    private static readonly PreparedDocument NotSupported = Refuse(
        ResponseKind.PersistedQueryNotFound, ErrorCodes.PersistedQueryNotSupported, "PersistedQueryNotSupported");

    private readonly DocumentCache _cache;
    private readonly Func<GraphQLRequest, PreparedDocument> _prepare;
    private readonly TrustedDocuments _trusted;
    private readonly PreparedDocument _notTrusted;
    private readonly bool _isTrustedOnly;
    private readonly PersistedQueries? _persisted;

    /// <exception cref="TrustedDocumentException">Some of the trusted documents cannot be executed.</exception>
    public DocumentSource(DocumentPreparation preparation, GraphQLExecutorOptions options)
    {
        _cache = new DocumentCache(options);
        _prepare = preparation.Prepare;
        _trusted = new TrustedDocuments(options, preparation);
        _isTrustedOnly = options.OnlyTrustedDocuments;
        _notTrusted = Refuse(
            ResponseKind.DocumentNotTrusted,
            ErrorCodes.DocumentNotTrusted,
            "Only trusted documents are executed here, and this is none"
            + $"{options.OptionNames.Mention(nameof(options.OnlyTrustedDocuments))}.");
        _persisted = options.PersistedQueries && !_isTrustedOnly ? new PersistedQueries(options.MaxPersistedQueryBytes) : null;
    }

    /// <summary>The document of the request; a rejected one if there is no such document.</summary>
    public PreparedDocument Find(GraphQLRequest request)
        => request.DocumentId is null && request.Extensions.IsEmpty && !_isTrustedOnly
            ? _cache.Get(request, _prepare)
            : FindOrRefuse(request);

    private PreparedDocument FindOrRefuse(GraphQLRequest request)
    {
        var extension = request.DocumentId is null ? PersistedQueryExtension.Read(request.Extensions.Span) : null;

        if (extension is { IsVersion1: false })
        {
            return UnknownVersion;
        }

        var id = request.DocumentId ?? extension?.Hash;
        return (id, request.Document.IsEmpty) switch
        {
            (null, true) => Missing,
            (null, false) => _isTrustedOnly ? _trusted.Find(DocumentDigest.Of(request)) ?? _notTrusted : _cache.Get(request, _prepare),
            (_, true) => FindById(id, isExtension: extension is not null),
            (_, false) => FindByText(request, DocumentDigest.Parse(id)),
        };
    }

    private PreparedDocument FindById(string id, bool isExtension)
    {
        if (DocumentDigest.Parse(id) is { } digest && (_trusted.Find(digest) ?? _persisted?.Find(digest)) is { } found)
        {
            return found;
        }

        return isExtension ? _persisted is null ? NotSupported : NotStored : NotFound(id);
    }

    /// <summary>
    /// Finds or stores a text under its digest. The client's id must be that digest, so that no document is stored under the digest of
    /// another.
    /// </summary>
    private PreparedDocument FindByText(GraphQLRequest request, DocumentDigest? expected)
    {
        var digest = DocumentDigest.Of(request);

        if (digest != expected)
        {
            return Mismatch;
        }

        if (_trusted.Find(digest) is { } trusted)
        {
            return trusted;
        }

        if (_isTrustedOnly)
        {
            return _notTrusted;
        }

        var prepared = _cache.Get(request, _prepare);

        if (prepared.Rejection is null)
        {
            _persisted?.Add(digest, prepared);
        }

        return prepared;
    }

    private static PreparedDocument NotFound(string id) => Refuse(
        ResponseKind.DocumentNotFound,
        ErrorCodes.DocumentNotFound,
        $"No document has the id \"{(id.Length > MaxIdInMessages ? string.Concat(id.AsSpan(0, MaxIdInMessages), "…") : id)}\".");

    private static PreparedDocument Refuse(ResponseKind kind, string code, string message)
        => PreparedDocument.Rejected(RequestRefusal.Of(kind, code, message));
}

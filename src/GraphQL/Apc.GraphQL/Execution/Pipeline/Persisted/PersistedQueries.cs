namespace Apc.GraphQL.Execution.Pipeline.Persisted;

/// <summary>
/// Prepared documents that clients have stored, by their digests. Bounded: see <see cref="ClockCache"/> for the eviction.
/// </summary>
internal sealed class PersistedQueries(long maxBytes)
{
    private readonly DocumentHash _hash = DocumentHash.Create();
    private readonly ClockCache _documents = new(int.MaxValue, maxBytes);

    /// <summary>The document, or null.</summary>
    public PreparedDocument? Find(DocumentDigest digest)
    {
        Span<byte> key = stackalloc byte[DocumentDigest.Size];
        return _documents.Find(KeyOf(digest, key));
    }

    /// <summary>Stores the document, unless it is stored already.</summary>
    public void Add(DocumentDigest digest, PreparedDocument document)
    {
        Span<byte> key = stackalloc byte[DocumentDigest.Size];
        var bytes = KeyOf(digest, key);

        if (_documents.Find(bytes) is null)
        {
            _documents.Add(bytes, document);
        }
    }

    private DocumentBytes KeyOf(DocumentDigest digest, Span<byte> key)
    {
        digest.WriteTo(key);
        return new DocumentBytes(key, isEscaped: false, _hash.Of(key));
    }
}

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>
/// A document's bytes as received, with their hash. Escaped and plain bytes are different keys: the same bytes may mean different texts.
/// </summary>
internal readonly ref struct DocumentBytes(ReadOnlySpan<byte> bytes, bool isEscaped, ulong hash)
{
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public bool IsEscaped { get; } = isEscaped;

    public ulong Hash { get; } = hash;
}

/// <summary>A copy of <see cref="DocumentBytes"/> that is kept in the cache.</summary>
internal sealed class DocumentKey(DocumentBytes document)
{
    public byte[] Bytes { get; } = document.Bytes.ToArray();

    public bool IsEscaped { get; } = document.IsEscaped;

    public ulong Hash { get; } = document.Hash;
}

/// <summary>Compares cached keys with the documents of requests without copying those.</summary>
internal sealed class DocumentKeyComparer : IEqualityComparer<DocumentKey>, IAlternateEqualityComparer<DocumentBytes, DocumentKey>
{
    public bool Equals(DocumentKey? x, DocumentKey? y)
        => ReferenceEquals(x, y) || (x is not null && y is not null && Equals(new DocumentBytes(x.Bytes, x.IsEscaped, x.Hash), y));

    public int GetHashCode(DocumentKey obj) => obj.Hash.GetHashCode();

    public DocumentKey Create(DocumentBytes alternate) => new(alternate);

    public bool Equals(DocumentBytes alternate, DocumentKey other)
        => alternate.Hash == other.Hash && alternate.IsEscaped == other.IsEscaped && alternate.Bytes.SequenceEqual(other.Bytes);

    public int GetHashCode(DocumentBytes alternate) => alternate.Hash.GetHashCode();
}

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>
/// A document's bytes as they came, with their hash. Escaped and plain bytes are told apart: the same bytes may mean different texts.
/// </summary>
internal readonly ref struct DocumentBytes(ReadOnlySpan<byte> bytes, bool isEscaped, ulong hash)
{
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public bool IsEscaped { get; } = isEscaped;

    public ulong Hash { get; } = hash;
}

/// <summary>The same, kept.</summary>
internal sealed class DocumentKey(DocumentBytes document)
{
    public byte[] Bytes { get; } = document.Bytes.ToArray();

    public bool IsEscaped { get; } = document.IsEscaped;

    public ulong Hash { get; } = document.Hash;
}

/// <summary>Compares kept keys with documents that have just come, without copying them.</summary>
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

using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Apc.GraphQL.Execution.Pipeline.Persisted;

/// <summary>The SHA-256 of a document's text, which clients use as its id.</summary>
internal readonly record struct DocumentDigest(UInt128 High, UInt128 Low)
{
    /// <summary>Length of a digest in bytes.</summary>
    public const int Size = 32;

    private const string Prefix = "sha256:";

    /// <summary>The digest in an id; null if the id has another form.</summary>
    /// <param name="id"><c>sha256:</c> and 64 hexadecimal digits, or the digits alone.</param>
    public static DocumentDigest? Parse(string id)
    {
        var digits = id.StartsWith(Prefix, StringComparison.Ordinal) ? id.AsSpan(Prefix.Length) : id;
        Span<byte> bytes = stackalloc byte[Size];
        return digits.Length == 2 * Size && Convert.FromHexString(digits, bytes, out _, out _) == OperationStatus.Done
            ? From(bytes)
            : null;
    }

    /// <summary>The digest of a text in UTF-8.</summary>
    public static DocumentDigest Of(ReadOnlySpan<byte> text)
    {
        Span<byte> bytes = stackalloc byte[Size];
        SHA256.HashData(text, bytes);
        return From(bytes);
    }

    /// <summary>The digest of the text that the request holds.</summary>
    public static DocumentDigest Of(GraphQLRequest request) => request.IsEscaped && request.Document.Span.Contains((byte)'\\')
        ? Of(Encoding.UTF8.GetBytes(DocumentText.Decode(request)))
        : Of(request.Document.Span);

    /// <summary>Writes the digest's bytes, <see cref="Size"/> of them.</summary>
    public void WriteTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt128BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[16..], Low);
    }

    private static DocumentDigest From(ReadOnlySpan<byte> bytes)
        => new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]));
}

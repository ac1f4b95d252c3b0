using System.Buffers;
using System.Globalization;
using System.Text;

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>Turns the bytes of a document into its text.</summary>
internal static class DocumentText
{
    /// <summary>
    /// The text; bytes that are no UTF-8 become U+FFFD. Half a surrogate pair, which JSON can spell, is kept for the lexer to refuse at
    /// its place.
    /// </summary>
    public static string Decode(GraphQLRequest request)
    {
        var bytes = request.Document.Span;
        return request.IsEscaped && bytes.Contains((byte)'\\') ? Unescape(bytes) : Encoding.UTF8.GetString(bytes);
    }

    /// <summary>The inside of a JSON string, which the JSON reader has found well-formed.</summary>
    private static string Unescape(ReadOnlySpan<byte> bytes)
    {
        var buffer = ArrayPool<char>.Shared.Rent(bytes.Length);
        var written = 0;

        while (true)
        {
            var escape = bytes.IndexOf((byte)'\\');
            var plain = escape < 0 ? bytes : bytes[..escape];
            written += Encoding.UTF8.GetChars(plain, buffer.AsSpan(written));

            if (escape < 0)
            {
                break;
            }

            bytes = bytes[(escape + 1)..];
            buffer[written++] = Unescape(ref bytes);
        }

        var text = new string(buffer, 0, written);
        ArrayPool<char>.Shared.Return(buffer);
        return text;
    }

    /// <summary>Reads what stands behind a backslash: RFC 8259 section 7.</summary>
    private static char Unescape(ref ReadOnlySpan<byte> bytes)
    {
        var kind = bytes[0];
        bytes = bytes[1..];

        switch (kind)
        {
            case (byte)'n':
                return '\n';
            case (byte)'r':
                return '\r';
            case (byte)'t':
                return '\t';
            case (byte)'b':
                return '\b';
            case (byte)'f':
                return '\f';
            case (byte)'u':
                var unit = ushort.Parse(bytes[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                bytes = bytes[4..];
                return (char)unit;
            default:
                return (char)kind;
        }
    }
}

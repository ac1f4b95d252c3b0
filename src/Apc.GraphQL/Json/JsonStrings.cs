using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Apc.GraphQL.Json;

/// <summary>
/// Reads JSON strings as RFC 8259 section 8.2 lets them be: an escape may be half a surrogate pair, at which the readers of <c>System.Text.Json</c> throw.
/// </summary>
public static class JsonStrings
{
    /// <summary>The text of an element that is a string.</summary>
    public static string TextOf(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException) when (element.ValueKind is JsonValueKind.String)
        {
            return Unescape(Encoding.UTF8.GetBytes(element.GetRawText()).AsSpan()[1..^1]);
        }
    }

    /// <summary>The text that stands between the quotes of a JSON string which a reader has accepted.</summary>
    public static string Unescape(ReadOnlySpan<byte> bytes)
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

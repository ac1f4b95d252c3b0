using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Apc.GraphQL.Json;

/// <summary>
/// Reads JSON strings that RFC 8259 section 8.2 allows but <c>System.Text.Json</c> does not: an escape may be half a surrogate pair, for
/// which the framework's readers throw.
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

    /// <summary>True if the reader's current name or string equals this text.</summary>
    /// <param name="reader">A reader over one span.</param>
    /// <param name="ascii">A text of ASCII characters.</param>
    public static bool TextIs(in Utf8JsonReader reader, ReadOnlySpan<byte> ascii)
        => reader.ValueIsEscaped ? Ascii.Equals(ascii, Unescape(reader.ValueSpan)) : reader.ValueSpan.SequenceEqual(ascii);

    /// <summary>The last member of this name; false if there is none or the element is not an object.</summary>
    /// <param name="element">Any element.</param>
    /// <param name="name">A name of ASCII characters.</param>
    /// <param name="value">The member's value.</param>
    public static bool TryGetMember(JsonElement element, string name, out JsonElement value)
    {
        value = default;

        if (element.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        foreach (var member in element.EnumerateObject())
        {
            var raw = JsonMarshal.GetRawUtf8PropertyName(member);

            if (raw.Contains((byte)'\\') ? Unescape(raw) == name : Ascii.Equals(raw, name))
            {
                value = member.Value;
            }
        }

        return value.ValueKind != JsonValueKind.Undefined;
    }

    /// <summary>The name of an object's member.</summary>
    public static string NameOf(JsonProperty member)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(member);
        return raw.Contains((byte)'\\') ? Unescape(raw) : Encoding.UTF8.GetString(raw);
    }

    /// <summary>The text of a JSON string that a reader has accepted, given the bytes between its quotes.</summary>
    public static string Unescape(ReadOnlySpan<byte> bytes)
    {
        var buffer = ArrayPool<char>.Shared.Rent(bytes.Length);
        var written = 0;

        while (true)
        {
            var escape = bytes.IndexOf((byte)'\\');

            if (escape != 0)
            {
                Utf8.ToUtf16(escape < 0 ? bytes : bytes[..escape], buffer.AsSpan(written), out _, out var plain);
                written += plain;
            }

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

    /// <summary>Reads an escape after its backslash: RFC 8259 section 7.</summary>
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

using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Apc.GraphQL.Json;

/// <summary>
/// Writes UTF-8 JSON into a pooled buffer that can be rewound to an earlier <see cref="Position"/>. It does not check the structure: the
/// caller writes commas and brackets. Not thread-safe. Dispose returns the buffer to the pool.
/// </summary>
public sealed class JsonWriter : IDisposable
{
    private static readonly SearchValues<char> MustEscape = SearchValues.Create(
        "\"\\\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\t\n\v\f\r\u000e\u000f"
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    private byte[] _buffer;

    /// <summary>Rents a buffer; it grows as needed.</summary>
    public JsonWriter(int initialCapacity = 4096) => _buffer = ArrayPool<byte>.Shared.Rent(initialCapacity);

    /// <summary>Number of bytes written so far.</summary>
    public int Position { get; private set; }

    /// <summary>The bytes written so far; valid until the next write or disposal.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, Position);

    /// <summary>The bytes written so far; valid until the next write or disposal.</summary>
    public ReadOnlySpan<byte> WrittenSpan => _buffer.AsSpan(0, Position);

    /// <summary>Drops everything written after this position.</summary>
    public void RewindTo(int position)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)position, (uint)Position);
        Position = position;
    }

    /// <summary>Writes one byte, such as a bracket or a comma.</summary>
    public void WriteByte(byte value)
    {
        Reserve(1)[0] = value;
        Position++;
    }

    /// <summary>Writes bytes that are already JSON.</summary>
    public void WriteRaw(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Reserve(utf8.Length));
        Position += utf8.Length;
    }

    /// <summary>Writes ASCII characters that are already JSON, such as the digits of a number.</summary>
    public void WriteAscii(ReadOnlySpan<char> ascii)
    {
        Encoding.ASCII.GetBytes(ascii, Reserve(ascii.Length));
        Position += ascii.Length;
    }

    /// <summary>Writes <c>null</c>.</summary>
    public void WriteNull() => WriteRaw("null"u8);

    /// <summary>Writes <c>true</c> or <c>false</c>.</summary>
    public void WriteBoolean(bool value) => WriteRaw(value ? "true"u8 : "false"u8);

    /// <summary>Writes an integer.</summary>
    public void WriteNumber(long value)
    {
        Utf8Formatter.TryFormat(value, Reserve(20), out var written);
        Position += written;
    }

    /// <summary>Writes the shortest text that parses to the same double. The value must be finite.</summary>
    public void WriteNumber(double value)
    {
        // Minus zero is valid JSON, but unexpected for most clients.
        (value == 0 ? 0d : value).TryFormat(Reserve(32), out var written, "R", CultureInfo.InvariantCulture);
        Position += written;
    }

    /// <summary>Writes the shortest text that parses to the same single. The value must be finite.</summary>
    public void WriteNumber(float value)
    {
        (value == 0 ? 0f : value).TryFormat(Reserve(24), out var written, "R", CultureInfo.InvariantCulture);
        Position += written;
    }

    /// <summary>Writes a decimal with all its digits, including trailing zeros.</summary>
    public void WriteNumber(decimal value)
    {
        value.TryFormat(Reserve(32), out var written, default, CultureInfo.InvariantCulture);
        Position += written;
    }

    /// <summary>Writes a UUID in lower-case hexadecimal with dashes, in quotes.</summary>
    public void WriteString(Guid value)
    {
        var span = Reserve(38);
        span[0] = (byte)'"';
        Utf8Formatter.TryFormat(value, span[1..], out _);
        span[37] = (byte)'"';
        Position += 38;
    }

    /// <summary>Writes an instant in UTC as RFC 3339 with milliseconds, in quotes: <c>"2026-01-02T03:04:05.678Z"</c>.</summary>
    public void WriteString(DateTimeOffset value)
    {
        Reserve(InstantText.Length + 2);
        var span = _buffer.AsSpan(Position, InstantText.Length + 2);
        span[0] = (byte)'"';
        InstantText.Write(value, span[1..]);
        span[InstantText.Length + 1] = (byte)'"';
        Position += InstantText.Length + 2;
    }

    /// <summary>Writes a text in quotes, with only the escapes that RFC 8259 section 7 requires. A lone surrogate becomes U+FFFD.</summary>
    public void WriteString(ReadOnlySpan<char> value)
    {
        var span = Reserve(value.Length + 2);
        span[0] = (byte)'"';
        var plain = PlainText.Narrow(value, span[1..]);
        Position += plain + 1;

        if (plain < value.Length)
        {
            WriteFromSpecial(value[plain..]);
        }

        WriteByte((byte)'"');
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);
        Position = 0;

        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Writes the rest of a text from its first character that is not plain ASCII.</summary>
    private void WriteFromSpecial(ReadOnlySpan<char> value)
    {
        while (true)
        {
            var special = value.IndexOfAny(MustEscape);
            var plain = special < 0 ? value : value[..special];
            Position += Encoding.UTF8.GetBytes(plain, Reserve(plain.Length * 3));

            if (special < 0)
            {
                return;
            }

            WriteEscaped(value[special]);
            value = value[(special + 1)..];
        }
    }

    private void WriteEscaped(char c)
    {
        switch (c)
        {
            case '"':
                WriteRaw("\\\""u8);
                break;
            case '\\':
                WriteRaw("\\\\"u8);
                break;
            case '\n':
                WriteRaw("\\n"u8);
                break;
            case '\r':
                WriteRaw("\\r"u8);
                break;
            case '\t':
                WriteRaw("\\t"u8);
                break;
            case '\b':
                WriteRaw("\\b"u8);
                break;
            case '\f':
                WriteRaw("\\f"u8);
                break;
            default:
                WriteRaw("\\u00"u8);
                WriteByte((byte)"0123456789abcdef"[c >> 4]);
                WriteByte((byte)"0123456789abcdef"[c & 15]);
                break;
        }
    }

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - Position < count)
        {
            Grow(count);
        }

        return _buffer.AsSpan(Position);
    }

    private void Grow(int count)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, checked(Position + count)));
        _buffer.AsSpan(0, Position).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}

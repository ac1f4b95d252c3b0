using System.Buffers;

namespace Apc.GraphQL.Language;

/// <summary>Block strings: the value of one, and a text written as one.</summary>
/// <remarks>https://spec.graphql.org/September2025/#BlockStringValue()</remarks>
internal static class BlockString
{
    private const string TripleQuote = "\"\"\"";
    private const int LongestOnOneLine = 70;

    // The control characters that graphql-js excludes, and the carriage return, which is read back as a line feed.
    private static readonly SearchValues<char> LostInBlockStrings = SearchValues.Create(
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\v\f\r\u000e\u000f");

    /// <summary>
    /// BlockStringValue: the raw text without the common indentation of all lines except the first and without blank lines at both ends.
    /// Lines end with <c>\n</c>, and <c>\"""</c> becomes three quotes.
    /// </summary>
    public static string ValueOf(ReadOnlySpan<char> raw)
    {
        // Not split into lines: a megabyte may be half a million lines.
        var value = ArrayPool<char>.Shared.Rent(raw.Length);
        var written = Unindent(raw, CommonIndentOf(raw), value);
        var text = WithoutBlankEnds(value.AsSpan(0, written));
        var result = text.Contains('\\')
            ? text.ToString().Replace("\\" + TripleQuote, TripleQuote, StringComparison.Ordinal)
            : text.ToString();
        ArrayPool<char>.Shared.Return(value);
        return result;
    }

    /// <summary>The smallest indentation of the lines except the first, without blank lines.</summary>
    private static int CommonIndentOf(ReadOnlySpan<char> raw)
    {
        var common = int.MaxValue;
        var lineStart = -1;

        for (var i = 0; i < raw.Length; i++)
        {
            var c = raw[i];

            if (c is '\n' or '\r')
            {
                lineStart = i + 1;
            }
            else if (lineStart >= 0 && c is not (' ' or '\t'))
            {
                common = Math.Min(common, i - lineStart);
                lineStart = -1;
            }
        }

        return common;
    }

    /// <summary>Copies the lines with <c>\n</c> between them, all except the first without the indentation.</summary>
    private static int Unindent(ReadOnlySpan<char> raw, int indent, Span<char> value)
    {
        var written = 0;
        var skip = 0;

        for (var i = 0; i < raw.Length; i++)
        {
            var c = raw[i];

            if (c is '\n' or '\r')
            {
                i += c == '\r' && i + 1 < raw.Length && raw[i + 1] == '\n' ? 1 : 0;
                value[written++] = '\n';
                skip = indent;
            }
            else if (skip > 0)
            {
                skip--;
            }
            else
            {
                value[written++] = c;
            }
        }

        return written;
    }

    /// <summary>The text without blank lines at both ends.</summary>
    private static ReadOnlySpan<char> WithoutBlankEnds(ReadOnlySpan<char> text)
    {
        var first = text.IndexOfAnyExcept(" \t\n");

        if (first < 0)
        {
            return [];
        }

        var last = text.LastIndexOfAnyExcept(" \t\n");
        var end = text[last..].IndexOf('\n');
        text = end < 0 ? text : text[..(last + end)];
        return text[(text[..first].LastIndexOf('\n') + 1)..];
    }

    /// <summary>True if <see cref="ValueOf"/> returns this text unchanged after it is written as a block string.</summary>
    public static bool CanHold(string value)
    {
        if (value.AsSpan().ContainsAny(LostInBlockStrings))
        {
            return false;
        }

        var lines = value.Split('\n');
        return value.Length == 0
            || (!IsBlank(lines[0]) && !IsBlank(lines[^1]) && (lines.Length == 1 || !lines.All(line => IsBlank(line) || IsIndented(line))));
    }

    /// <summary>
    /// The text between triple quotes. It starts on a new line if it has several lines, is long, or ends with a quote or backslash.
    /// </summary>
    public static string Print(string value)
    {
        var escaped = value.Replace(TripleQuote, "\\" + TripleQuote, StringComparison.Ordinal);
        var lines = escaped.Split(["\r\n", "\n", "\r"], StringSplitOptions.None);
        var isSingleLine = lines.Length == 1;

        // Without a line break before it, the first line would keep its indentation and the other lines would lose theirs.
        var needsLeadingLine = !isSingleLine && lines.Skip(1).All(line => line.Length == 0 || IsIndented(line));
        var onLinesOfItsOwn = !isSingleLine || value.Length > LongestOnOneLine || value.EndsWith('"') || value.EndsWith('\\');

        // A line break before a single indented line would remove its indentation.
        var leading = needsLeadingLine || (onLinesOfItsOwn && !(isSingleLine && IsIndented(value))) ? "\n" : "";
        var trailing = onLinesOfItsOwn ? "\n" : "";
        return $"{TripleQuote}{leading}{escaped}{trailing}{TripleQuote}";
    }

    private static bool IsIndented(string line) => line.Length > 0 && line[0] is ' ' or '\t';

    private static bool IsBlank(string line) => IndentOf(line) == line.Length;

    private static int IndentOf(ReadOnlySpan<char> line)
    {
        var text = line.IndexOfAnyExcept(' ', '\t');
        return text < 0 ? line.Length : text;
    }
}

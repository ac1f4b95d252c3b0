using System.Buffers;
using System.Text;

namespace Apc.GraphQL.Language;

/// <summary>Block strings: what they mean, and how a text is written as one.</summary>
/// <remarks>https://spec.graphql.org/September2025/#BlockStringValue()</remarks>
internal static class BlockString
{
    private const string TripleQuote = "\"\"\"";
    private const int LongestOnOneLine = 70;

    // Control characters as the reference counts them, and the carriage return, which reads back as a line feed.
    private static readonly SearchValues<char> LostInBlockStrings = SearchValues.Create(
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\v\f\r\u000e\u000f");

    /// <summary>
    /// What stands between the quotes, without the indentation that all lines but the first share, without blank lines at both ends,
    /// lines ended by <c>\n</c>, and <c>\"""</c> for three quotes resolved.
    /// </summary>
    public static string ValueOf(ReadOnlySpan<char> raw)
    {
        var commonIndent = int.MaxValue;
        var firstLine = int.MaxValue;
        var lastLine = -1;
        var position = 0;

        for (var i = 0; ReadLine(raw, ref position, out var line); i++)
        {
            var indent = IndentOf(line);

            if (indent == line.Length)
            {
                continue;
            }

            firstLine = Math.Min(firstLine, i);
            lastLine = i;

            if (i > 0)
            {
                commonIndent = Math.Min(commonIndent, indent);
            }
        }

        var value = new StringBuilder(raw.Length);
        position = 0;

        for (var i = 0; i <= lastLine && ReadLine(raw, ref position, out var line); i++)
        {
            if (i < firstLine)
            {
                continue;
            }

            if (i > firstLine)
            {
                value.Append('\n');
            }

            value.Append(i == 0 ? line : line[Math.Min(commonIndent, line.Length)..]);
        }

        return value.Replace("\\" + TripleQuote, TripleQuote).ToString();
    }

    /// <summary>True where <see cref="ValueOf"/> gives this text back unchanged when it is written as a block string.</summary>
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
    /// The text between three quotes and three quotes: on lines of its own where it has several, is long, or ends in a quote or backslash.
    /// </summary>
    public static string Print(string value)
    {
        var escaped = value.Replace(TripleQuote, "\\" + TripleQuote, StringComparison.Ordinal);
        var lines = escaped.Split(["\r\n", "\n", "\r"], StringSplitOptions.None);
        var isSingleLine = lines.Length == 1;

        // Without a line break before it, the first line would keep its indentation and the others lose theirs.
        var needsLeadingLine = !isSingleLine && lines.Skip(1).All(line => line.Length == 0 || IsIndented(line));
        var onLinesOfItsOwn = !isSingleLine || value.Length > LongestOnOneLine || value.EndsWith('"') || value.EndsWith('\\');

        // A line break before a single indented line would take its indentation away.
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

    /// <summary>Takes the line at <paramref name="position"/>; false after the last one, which may be empty.</summary>
    private static bool ReadLine(ReadOnlySpan<char> text, ref int position, out ReadOnlySpan<char> line)
    {
        if (position > text.Length)
        {
            line = default;
            return false;
        }

        line = text[position..];
        var end = line.IndexOfAny('\n', '\r');

        if (end < 0)
        {
            position = text.Length + 1;
            return true;
        }

        position += line[end..].StartsWith("\r\n") ? end + 2 : end + 1;
        line = line[..end];
        return true;
    }
}

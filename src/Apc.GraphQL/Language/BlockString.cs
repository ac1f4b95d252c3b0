using System.Text;

namespace Apc.GraphQL.Language;

/// <summary>The text that a block string means.</summary>
/// <remarks>https://spec.graphql.org/September2025/#BlockStringValue()</remarks>
internal static class BlockString
{
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

        return value.Replace("\\\"\"\"", "\"\"\"").ToString();
    }

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

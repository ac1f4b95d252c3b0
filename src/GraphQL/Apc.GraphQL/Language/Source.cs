namespace Apc.GraphQL.Language;

/// <summary>A document's text and its name in messages.</summary>
public sealed class Source(string text, string name = "GraphQL request")
{
    private List<int>? _lineStarts;

    /// <summary>The text. It may start with a byte order mark, which the lexer ignores.</summary>
    public string Text { get; } = text;

    /// <summary>The name in messages; "GraphQL request" unless given.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// Line and column of an offset. Lines end at <c>\n</c>, <c>\r\n</c> or <c>\r</c>; columns count UTF-16 units; both start at 1.
    /// </summary>
    public SourceLocation LocationOf(int offset)
    {
        // Computed once, at the first error: a large document may have a hundred errors.
        var lineStarts = _lineStarts ??= FindLineStarts(Text);
        var found = lineStarts.BinarySearch(offset);
        var line = found >= 0 ? found : ~found - 1;
        return new SourceLocation(line + 1, offset - lineStarts[line] + 1);
    }

    private static List<int> FindLineStarts(ReadOnlySpan<char> text)
    {
        List<int> starts = [0];
        var position = 0;

        while (text[position..].IndexOfAny('\n', '\r') is var end and >= 0)
        {
            position += end;
            position += text[position..].StartsWith("\r\n") ? 2 : 1;
            starts.Add(position);
        }

        return starts;
    }
}

namespace Apc.GraphQL.Language;

/// <summary>A document's text and the name it is reported under.</summary>
public sealed class Source(string text, string name = "GraphQL request")
{
    /// <summary>The text, without a leading byte order mark's meaning: the lexer ignores one.</summary>
    public string Text { get; } = text;

    /// <summary>What messages call this source; "GraphQL request" unless said otherwise.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// Line and column of an offset. Lines end at <c>\n</c>, <c>\r\n</c> or <c>\r</c>; columns count UTF-16 units; both start at 1.
    /// </summary>
    public SourceLocation LocationOf(int offset)
    {
        var line = 1;
        var lineStart = 0;

        for (var i = 0; i < offset && i < Text.Length; i++)
        {
            var c = Text[i];

            if (c is '\n' or '\r')
            {
                if (c == '\r' && i + 1 < Text.Length && Text[i + 1] == '\n')
                {
                    i++;

                    if (i >= offset)
                    {
                        break;
                    }
                }

                line++;
                lineStart = i + 1;
            }
        }

        return new SourceLocation(line, offset - lineStart + 1);
    }
}

using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Language;

/// <summary>Lists, lines and indentation.</summary>
public sealed partial class SyntaxPrinter
{
    /// <summary>The current end of the text, to measure from and to rewind to.</summary>
    private Mark Here => new(_text.Length, _lines, _indentation);

    /// <summary>Number of characters written since the mark. A line break counts as one, indentation does not count.</summary>
    private int WidthSince(Mark mark) => _text.Length - mark.Length - (_indentation - mark.Indentation);

    private void RewindTo(Mark mark) => (_text.Length, _lines, _indentation) = (mark.Length, mark.Lines, mark.Indentation);

    /// <summary>Writes a text; each line after its first starts at the current level.</summary>
    private void Write(string text)
    {
        for (var rest = text.AsSpan(); ;)
        {
            var end = rest.IndexOf('\n');

            if (end < 0)
            {
                _text.Append(rest);
                return;
            }

            _text.Append(rest[..(end + 1)]).Append(' ', 2 * _level);
            _indentation += 2 * _level;
            _lines++;
            rest = rest[(end + 1)..];
        }
    }

    private void WriteOptional(SyntaxNode? node)
    {
        if (node is not null)
        {
            Write(node);
        }
    }

    private void WritePair(SyntaxNode name, SyntaxNode value)
    {
        Write(name);
        Write(": ");
        Write(value);
    }

    private void WriteJoined(IReadOnlyList<SyntaxNode> nodes, string separator)
    {
        for (var i = 0; i < nodes.Count; i++)
        {
            if (i > 0)
            {
                Write(separator);
            }

            Write(nodes[i]);
        }
    }

    /// <summary>Writes the nodes on one line in parentheses; nothing for an empty list.</summary>
    private void WriteInParentheses(IReadOnlyList<SyntaxNode> nodes)
    {
        if (nodes.Count > 0)
        {
            Write("(");
            WriteJoined(nodes, ", ");
            Write(")");
        }
    }

    private void WriteBlock(IReadOnlyList<SyntaxNode> nodes) => WriteOnLines("{", nodes, "}");

    /// <summary>Writes each node on its own line, one level deeper; nothing for an empty list.</summary>
    private void WriteOnLines(string open, IReadOnlyList<SyntaxNode> nodes, string close)
    {
        if (nodes.Count == 0)
        {
            return;
        }

        Write(open);
        _level++;
        Write("\n");
        WriteJoined(nodes, "\n");
        _level--;
        Write("\n");
        Write(close);
    }

    private readonly record struct Mark(int Length, int Lines, int Indentation);
}

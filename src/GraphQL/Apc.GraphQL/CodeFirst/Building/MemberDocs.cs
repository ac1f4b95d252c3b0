using System.Text;
using System.Xml;

namespace Apc.GraphQL.CodeFirst.Building;

/// <summary>The XML documentation of one member as plain text.</summary>
internal sealed class MemberDocs
{
    /// <summary>Null if there is none.</summary>
    public string? Summary { get; private set; }

    /// <summary>Descriptions by the name of the parameter.</summary>
    public Dictionary<string, string> Parameters { get; } = new(StringComparer.Ordinal);

    public static MemberDocs Read(XmlReader reader)
    {
        var docs = new MemberDocs();
        reader.Read();

        while (reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.Element, Name: "summary" })
            {
                docs.Summary = Flatten(reader);
            }
            else if (reader is { NodeType: XmlNodeType.Element, Name: "param" } && reader.GetAttribute("name") is { } name)
            {
                if (Flatten(reader) is { } text)
                {
                    docs.Parameters[name] = text;
                }
            }
        }

        return docs;
    }

    /// <summary>The text of an element: a reference becomes the name that it refers to, a blank line separates paragraphs.</summary>
    private static string? Flatten(XmlReader reader)
    {
        var text = new StringBuilder();
        using var element = reader.ReadSubtree();

        while (element.Read())
        {
            switch (element.NodeType)
            {
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    AppendCollapsed(text, element.Value);
                    break;
                case XmlNodeType.Element or XmlNodeType.EndElement when element.Name == "para":
                    StartParagraph(text);
                    break;
                case XmlNodeType.Element when element.IsEmptyElement:
                    text.Append(ReferredName(element));
                    break;
            }
        }

        var flat = text.ToString().Trim();
        return flat.Length == 0 ? null : flat;
    }

    private static void AppendCollapsed(StringBuilder text, string value)
    {
        foreach (var c in value)
        {
            if (!char.IsWhiteSpace(c))
            {
                text.Append(c);
            }
            else if (text.Length > 0 && !char.IsWhiteSpace(text[^1]))
            {
                text.Append(' ');
            }
        }
    }

    private static void StartParagraph(StringBuilder text)
    {
        while (text.Length > 0 && text[^1] == ' ')
        {
            text.Length--;
        }

        if (text.Length > 0 && text[^1] != '\n')
        {
            text.Append("\n\n");
        }
    }

    /// <summary>
    /// The text for <c>see</c>, <c>paramref</c> and similar elements: the last name of the reference, the keyword or the address.
    /// </summary>
    private static string? ReferredName(XmlReader element)
    {
        if (element.GetAttribute("cref") is not { } reference)
        {
            return element.GetAttribute("langword") ?? element.GetAttribute("name") ?? element.GetAttribute("href");
        }

        var end = reference.AsSpan().IndexOfAny('(', '`');
        var name = end < 0 ? reference : reference[..end];
        return name[(name.LastIndexOfAny(['.', ':']) + 1)..];
    }
}

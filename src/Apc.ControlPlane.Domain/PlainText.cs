namespace Apc.ControlPlane.Domain;

/// <summary>A text of one line for people to read, such as a name or a label; one that every database and log can hold.</summary>
public static class PlainText
{
    /// <summary>
    /// The text without surrounding blanks; null where nothing is left, where it is longer than <paramref name="maxLength"/> UTF-16 units, and
    /// where it holds a control character or half of a surrogate pair.
    /// </summary>
    public static string? Normalize(string text, int maxLength)
    {
        var line = text.Trim();
        return line.Length is > 0 && line.Length <= maxLength && IsPlain(line) ? line : null;
    }

    /// <summary>
    /// A text of several lines without surrounding blanks, empty where nothing is left; null where it is longer than <paramref name="maxLength"/> UTF-16
    /// units, and where it holds half of a surrogate pair or a control character other than line breaks and tabs.
    /// </summary>
    public static string? NormalizeLines(string text, int maxLength)
    {
        var lines = text.Trim();
        return lines.Length <= maxLength && IsPlain(lines.Replace('\n', ' ').Replace('\r', ' ').Replace('\t', ' ')) ? lines : null;
    }

    /// <summary>Whether the text holds neither a control character nor half of a surrogate pair.</summary>
    public static bool IsPlain(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            // Half of a pair is enumerated as the replacement character, which is itself the sign of a text broken elsewhere.
            if (rune.Value == 0xFFFD || System.Text.Rune.IsControl(rune))
            {
                return false;
            }
        }

        return true;
    }
}

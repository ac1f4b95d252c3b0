using System.Globalization;
using System.Text;

namespace Apc.ControlPlane.Domain;

/// <summary>
/// Texts that people read and write, such as names and labels. Invisible characters are refused, so that names that look the same are the
/// same, and no text reverses or hides the text beside it.
/// </summary>
public static class PlainText
{
    private const string Visible = "letters, marks, numbers, punctuation, symbols";

    /// <summary>
    /// The line without surrounding blanks; null if nothing is left, it is longer than <paramref name="maxLength"/> UTF-16 units, or it
    /// holds anything but letters, marks, numbers, punctuation, symbols and single spaces.
    /// </summary>
    public static string? Normalize(string text, int maxLength)
    {
        var line = text.Trim();
        return line.Length is > 0 && line.Length <= maxLength && ProblemOf(line) is null ? line : null;
    }

    /// <summary>
    /// A text of several lines without surrounding blanks, empty if nothing is left; null if it is longer than <paramref name="maxLength"/>
    /// UTF-16 units, or holds anything but letters, marks, numbers, punctuation, symbols, blanks, tabs and line breaks.
    /// </summary>
    public static string? NormalizeLines(string text, int maxLength)
    {
        var lines = text.Trim();
        return lines.Length <= maxLength && FindRefused(lines, IsInLines) is null ? lines : null;
    }

    /// <summary>The error message for a refused line: what is allowed, and the first character that is not.</summary>
    /// <param name="subject">The kind of text, with a capital letter: <c>A team's name</c>.</param>
    /// <param name="text">The line as it was given.</param>
    /// <param name="maxLength">Most UTF-16 units.</param>
    public static string WhyNoLine(string subject, string text, int maxLength)
        => $"{subject} is one line of 1 to {maxLength} characters: {Visible} and single spaces.{Sentence(ProblemOf(text.Trim()))}";

    /// <summary>The same for a text of several lines.</summary>
    public static string WhyNoLines(string subject, string text, int maxLength)
        => $"{subject} has at most {maxLength} characters: {Visible}, blanks, tabs and line breaks."
            + Sentence(Refusal(FindRefused(text.Trim(), IsInLines)));

    /// <summary>The problem of a line, without full stop: a character that is not allowed, or two spaces; null for none.</summary>
    public static string? ProblemOf(string line)
        => Refusal(FindRefused(line, IsInLine)) ?? (line.Contains("  ", StringComparison.Ordinal) ? "Two spaces follow each other" : null);

    /// <summary>Whether the text has no control character and no half of a surrogate pair, so that databases and logs accept it.</summary>
    public static bool IsPlain(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            // Half of a pair is enumerated as the replacement character, which itself marks a text that was damaged elsewhere.
            if (rune.Value == 0xFFFD || Rune.IsControl(rune))
            {
                return false;
            }
        }

        return true;
    }

    private static string Sentence(string? problem) => problem is null ? "" : $" {problem}.";

    private static string? Refusal(int? refused) => refused is { } value ? $"U+{value:X4} is not allowed" : null;

    /// <summary>The first code point that is not allowed, which may be half of a surrogate pair; null if there is none.</summary>
    private static int? FindRefused(ReadOnlySpan<char> text, Func<Rune, bool> isAllowed)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var length) is not System.Buffers.OperationStatus.Done)
            {
                return text[0];
            }

            if (!isAllowed(rune))
            {
                return rune.Value;
            }

            text = text[length..];
        }

        return null;
    }

    private static bool IsInLine(Rune rune)
        => rune.Value == ' ' || (IsVisible(rune) && Rune.GetUnicodeCategory(rune) is not UnicodeCategory.SpaceSeparator);

    private static bool IsInLines(Rune rune) => rune.Value is '\n' or '\r' or '\t' || IsVisible(rune);

    private static bool IsVisible(Rune rune)
        => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate
                or UnicodeCategory.OtherNotAssigned)
            && !IsBlank(rune);

    // Marks, letters and symbols that show nothing: those with Default_Ignorable_Code_Point in an allowed category (fillers, joiners,
    // variation selectors), and fillers without it. The replacement character marks a text that was damaged elsewhere.
    private static bool IsBlank(Rune rune) => rune.Value
        is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164
        or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or 0xFFFD or 0x16FE4 or 0x1D159 or (>= 0xE0100 and <= 0xE01EF);
}

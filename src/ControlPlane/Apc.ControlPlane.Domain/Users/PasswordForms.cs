using System.Globalization;

namespace Apc.ControlPlane.Domain.Users;

/// <summary>The texts of which a password is a cheap variant: other case, digits for letters, something put at its ends, blanks between its letters.</summary>
internal static class PasswordForms
{
    /// <summary>Characters that stand for letters, and the letters; one that stands for two is in the second row, too.</summary>
    private const string Disguises = "013456789@$!|+(<";
    private const string Letters = "oieasgtbgasiltcc";
    private const string OtherLetters = "oleasgtbgaslltcc";

    private const int MaxDisguisedEnd = 8;

    /// <summary>The texts that are looked up for a folded password, itself among them.</summary>
    public static IReadOnlySet<string> Of(string folded)
    {
        var forms = new HashSet<string>(StringComparer.Ordinal);

        foreach (var trimmed in Trimmed(folded))
        {
            foreach (var disguised in new[] { trimmed, Squash(trimmed) })
            {
                forms.Add(disguised);
                forms.Add(Undisguise(disguised, Letters));
                forms.Add(Undisguise(disguised, OtherLetters));
            }
        }

        forms.Remove("");
        return forms;
    }

    /// <summary>The letters, with their accents, and digits of a text.</summary>
    public static string Squash(string text)
        => string.Concat(text.Where(c => char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark));

    /// <summary>The text without some or all of the digits and signs at its end, with and without those at its beginning.</summary>
    private static IEnumerable<string> Trimmed(string folded)
    {
        yield return folded;
        var start = 0;
        var end = folded.Length;

        while (start < folded.Length && !char.IsLetter(folded[start]))
        {
            start++;
        }

        while (end > start && !char.IsLetter(folded[end - 1]))
        {
            end--;
        }

        // What follows the last letter may be a letter in disguise: welc0m3 ends at its third digit, not its second.
        for (var cut = end; cut < folded.Length && cut <= end + MaxDisguisedEnd; cut++)
        {
            yield return folded[..cut];
            yield return folded[Math.Min(start, cut)..cut];
        }

        yield return folded[start..];
    }

    private static string Undisguise(string text, string letters)
        => string.Create(text.Length, (text, letters), static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++)
            {
                var at = Disguises.IndexOf(source.text[i], StringComparison.Ordinal);
                target[i] = at < 0 ? source.text[i] : source.letters[at];
            }
        });
}

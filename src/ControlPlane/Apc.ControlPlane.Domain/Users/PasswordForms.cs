using System.Globalization;

namespace Apc.ControlPlane.Domain.Users;

/// <summary>The texts of which a password is a variant: other case, digits for letters, added characters at its ends, blanks.</summary>
internal static class PasswordForms
{
    /// <summary>Characters that stand for letters, then their letters, then the other letter of characters that stand for two.</summary>
    private const string Disguises = "013456789@$!|+(<";
    private const string Letters = "oieasgtbgasiltcc";
    private const string OtherLetters = "oleasgtbgaslltcc";

    private const int MaxDisguisedEnd = 8;

    /// <summary>The texts to look up for a folded password, with the password itself.</summary>
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

    /// <summary>The letters, accents and digits of a text.</summary>
    public static string Squash(string text)
        => string.Concat(text.Where(c => char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark));

    /// <summary>The text without some or all of the digits and signs at its end, each with and without those at its beginning.</summary>
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

        // A digit or sign after the last letter may stand for a letter: welc0m3 has no suffix.
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

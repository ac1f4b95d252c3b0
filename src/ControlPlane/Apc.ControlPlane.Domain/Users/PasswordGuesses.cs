namespace Apc.ControlPlane.Domain.Users;

/// <summary>Recognizes passwords that are guessed first: common ones and their variants, runs of keys, repetitions, names.</summary>
internal static class PasswordGuesses
{
    /// <summary>Fewest different characters of a good password.</summary>
    private const int EnoughDifferent = 5;

    /// <summary>Fewest parts of a good password: each run of keys, repetition or year is one part, and each other character.</summary>
    private const int EnoughParts = 4;

    /// <summary>Fewest letters of a name that is also searched for inside other words.</summary>
    private const int LongName = 4;

    private const int ShortestName = 3;
    private const int ShortestRun = 3;

    private static readonly string[] PlatformNames = ["apccontrolplane", "controlplane", "houston", "astronomer", "airflow"];

    // Letters and digits in order, and the rows and columns of keyboards.
    private static readonly string[] Rows = WithReversed(
        "abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm",
        "azertyuiop", "qsdfghjklm", "wxcvbn", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "qazwsxedcrfvtgbyhnujmikolp",
        "!@#$%^&*()", "!\"§$%&/()=");

    /// <summary>Whether the password would be guessed soon.</summary>
    /// <param name="folded">The key of the password as a name.</param>
    public static bool IsGuessable(string folded)
        => folded.Distinct().Count() < EnoughDifferent
            || Parts(folded) < EnoughParts
            || PasswordForms.Of(folded).Any(form => CommonPasswords.Contain(form) || IsRepetition(form));

    /// <summary>Whether the password contains one of these names, or a name of the platform.</summary>
    /// <param name="folded">The key of the password as a name.</param>
    /// <param name="names">User name, full name, addresses; nulls are ignored.</param>
    public static bool HoldsName(string folded, IEnumerable<string?> names)
    {
        var words = Words(folded).ToHashSet(StringComparer.Ordinal);
        var forms = PasswordForms.Of(folded);
        return names.SelectMany(NamesIn).Concat(PlatformNames)
            .Any(name => name.Length >= LongName ? forms.Any(form => form.Contains(name, StringComparison.Ordinal)) : words.Contains(name));
    }

    /// <summary>A name and each of its words; of an address the words before the <c>@</c>, and the whole address.</summary>
    private static IEnumerable<string> NamesIn(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return [];
        }

        var folded = NameKey.Of(name);
        var local = folded.IndexOf('@', StringComparison.Ordinal) is var at and > 0 ? folded[..at] : folded;
        return Words(local).Append(PasswordForms.Squash(local)).Append(PasswordForms.Squash(folded))
            .Where(word => word.Length >= ShortestName);
    }

    private static IEnumerable<string> Words(string folded)
    {
        var word = 0;

        for (var i = 0; i <= folded.Length; i++)
        {
            if (i == folded.Length || !char.IsLetter(folded[i]))
            {
                if (i > word)
                {
                    yield return folded[word..i];
                }

                word = i + 1;
            }
        }
    }

    private static int Parts(string folded)
    {
        var parts = new HashSet<string>(StringComparer.Ordinal);
        var others = 0;

        for (var i = 0; i < folded.Length;)
        {
            var length = Math.Max(RunAt(folded, i), Math.Max(RepetitionAt(folded, i), YearAt(folded, i)));

            if (length == 0)
            {
                others++;
                i++;
                continue;
            }

            parts.Add(folded[i..(i + length)]);
            i += length;
        }

        return parts.Count + others;
    }

    private static int RunAt(string text, int start)
    {
        var longest = 0;

        foreach (var row in Rows)
        {
            for (var at = row.IndexOf(text[start], StringComparison.Ordinal); at >= 0; at = row.IndexOf(text[start], at + 1))
            {
                var length = text.AsSpan(start).CommonPrefixLength(row.AsSpan(at));
                longest = Math.Max(longest, length);
            }
        }

        return longest >= ShortestRun ? longest : 0;
    }

    private static int RepetitionAt(string text, int start)
    {
        var end = start;

        while (end < text.Length && text[end] == text[start])
        {
            end++;
        }

        return end - start >= ShortestRun ? end - start : 0;
    }

    private static int YearAt(string text, int start)
        => start + 4 <= text.Length
            && text.AsSpan(start, 2) is "19" or "20"
            && char.IsAsciiDigit(text[start + 2])
            && char.IsAsciiDigit(text[start + 3])
                ? 4
                : 0;

    /// <summary>Whether the text repeats a shorter one that would be refused by itself.</summary>
    private static bool IsRepetition(string text)
    {
        for (var length = 1; length <= text.Length / 2; length++)
        {
            if (text.Length % length == 0 && text.AsSpan(length).SequenceEqual(text.AsSpan(0, text.Length - length)))
            {
                return length < PasswordRules.LongEnough || IsGuessable(text[..length]);
            }
        }

        return false;
    }

    private static string[] WithReversed(params string[] rows) => [.. rows, .. rows.Select(row => string.Concat(row.Reverse()))];
}

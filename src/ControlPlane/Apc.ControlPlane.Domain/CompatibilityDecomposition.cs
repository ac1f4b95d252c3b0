using System.Globalization;
using System.Text;

namespace Apc.ControlPlane.Domain;

/// <summary>Unicode's normalization form KD. With invariant globalization <c>string.Normalize</c> does nothing.</summary>
internal static class CompatibilityDecomposition
{
    private const int FirstSyllable = 0xAC00;
    private const int LastSyllable = 0xD7A3;
    private const int Vowels = 21;
    private const int Trails = 28;

    private static readonly Dictionary<int, string> _texts = [];
    private static readonly Dictionary<int, int> _classes = [];

    static CompatibilityDecomposition()
    {
        using var resource = typeof(CompatibilityDecomposition).Assembly.GetManifestResourceStream("CompatibilityDecomposition.txt")!;
        using var reader = new StreamReader(resource);
        var marks = 0;

        while (reader.ReadLine() is { } line)
        {
            var words = line.Split(' ');

            if (words[0] == "=")
            {
                ReadTexts(words);
            }
            else if (words[0] == "^")
            {
                ReadMarks(words, ++marks);
            }
        }
    }

    /// <summary>The compatibility decomposition of a text, with combining marks in canonical order.</summary>
    public static string Of(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        var marks = new List<(int Class, Rune Mark)>();

        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is >= FirstSyllable and <= LastSyllable)
            {
                Flush(marks, result);
                AppendSyllable(rune.Value - FirstSyllable, result);
            }
            else if (_texts.TryGetValue(rune.Value, out var parts))
            {
                foreach (var part in parts.EnumerateRunes())
                {
                    Append(part, marks, result);
                }
            }
            else
            {
                Append(rune, marks, result);
            }
        }

        Flush(marks, result);
        return result.ToString();
    }

    private static void Append(Rune rune, List<(int Class, Rune Mark)> marks, StringBuilder result)
    {
        if (!rune.IsAscii && _classes.TryGetValue(rune.Value, out var @class))
        {
            marks.Add((@class, rune));
            return;
        }

        Flush(marks, result);
        result.Append(rune.ToString());
    }

    // Sorted once, not by insertion, because a text may consist of marks only.
    private static void Flush(List<(int Class, Rune Mark)> marks, StringBuilder result)
    {
        if (marks.Count == 0)
        {
            return;
        }

        foreach (var (_, mark) in marks.OrderBy(m => m.Class))
        {
            result.Append(mark.ToString());
        }

        marks.Clear();
    }

    // The Unicode Standard, section 3.12, "Hangul Syllable Decomposition".
    private static void AppendSyllable(int index, StringBuilder result)
    {
        result.Append((char)(0x1100 + (index / (Vowels * Trails)))).Append((char)(0x1161 + (index % (Vowels * Trails) / Trails)));

        if (index % Trails is > 0 and var trail)
        {
            result.Append((char)(0x11A7 + trail));
        }
    }

    private static void ReadTexts(string[] words)
    {
        var first = CodePoint(words[1]);

        for (var i = 2; i < words.Length; i++)
        {
            _texts.Add(first + i - 2, string.Concat(words[i].Split('+').Select(part => char.ConvertFromUtf32(CodePoint(part)))));
        }
    }

    private static void ReadMarks(string[] words, int @class)
    {
        foreach (var range in words.Skip(1).Select(word => word.Split('-')))
        {
            for (var mark = CodePoint(range[0]); mark <= CodePoint(range[^1]); mark++)
            {
                _classes.Add(mark, @class);
            }
        }
    }

    private static int CodePoint(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Apc.ControlPlane.Api.Common.Mail;

/// <summary>
/// A text of a mail, written as an interpolated string. Inserted texts, such as names of users and workspaces, are reduced to one short run
/// of words, so that they cannot add lines, links or markup. Only a <see cref="MailLink"/> is inserted unchanged.
/// </summary>
[InterpolatedStringHandler]
public readonly ref struct MailText
{
    /// <summary>Most characters of an inserted text.</summary>
    public const int MaxLength = 60;

    private readonly StringBuilder _text;

    public MailText(int literalLength, int formattedCount)
    {
        _ = formattedCount;
        _text = new StringBuilder(literalLength);
    }

    public void AppendLiteral(string text) => _text.Append(text);

    /// <summary>Inserts only the letters, digits, blanks, hyphens and apostrophes of a text: they form no link and no markup.</summary>
    public void AppendFormatted(string? text) => _text.Append(Words(text));

    public void AppendFormatted(MailLink link) => _text.Append(link.Address);

    public void AppendFormatted(DateTimeOffset time)
        => _text.Append(time.ToUniversalTime().ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture)).Append(" UTC");

    public override string ToString() => _text.ToString();

    private static string Words(string? given)
    {
        var words = new StringBuilder();

        foreach (var rune in (given ?? "").EnumerateRunes())
        {
            var isPlain = rune.Value is '-' or '\'' || (Rune.IsLetterOrDigit(rune) && !IsInvisible(rune))
                || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

            if (isPlain)
            {
                words.Append(rune.ToString());
            }
            else if (words.Length > 0 && words[^1] != ' ')
            {
                words.Append(' ');
            }

            if (words.Length >= MaxLength)
            {
                return $"{words.ToString().TrimEnd()}…";
            }
        }

        // Nothing is left of a text of punctuation alone, and an empty line would look like the end of a paragraph.
        return words.ToString().TrimEnd() is { Length: > 0 } text ? text : "…";
    }

    // Letters by their Unicode category, but displayed as blanks.
    private static bool IsInvisible(Rune rune) => rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0;
}

/// <summary>A link that the program makes.</summary>
public readonly record struct MailLink(string Address)
{
    public string Address { get; } = Address.Any(c => c is <= ' ' or '\x7f' or '<' or '>' or '"')
        ? throw new ArgumentException("A link has no blanks and no brackets.", nameof(Address))
        : Address;
}

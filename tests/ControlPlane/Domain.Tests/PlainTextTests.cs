using System.Globalization;
using System.Text;

namespace Apc.ControlPlane.Domain.Tests;

public class PlainTextTests
{
    [Theory]
    [InlineData("nightly sync", "nightly sync")]
    [InlineData("  Zoë 🚀 ", "Zoë 🚀")]
    [InlineData("12345678901234567890", "12345678901234567890")]
    public void Takes_a_line_without_its_surrounding_blanks(string text, string line)
        => Assert.Equal(line, PlainText.Normalize(text, maxLength: 20));

    public static TheoryData<string> Refused() =>
        ["", "   ", "123456789012345678901", "two\nlines", "nul\0", "bell\a", "\u0085", "half \ud83d", "\ude80 half", "broken \ufffd"];

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void Refuses_what_is_no_line(string text) => Assert.Null(PlainText.Normalize(text, maxLength: 20));

    [Theory]
    [InlineData("ÄÖÜ straße")]
    [InlineData("Καλημέρα κόσμε")]
    [InlineData("Привет, мир")]
    [InlineData("数据平台 データ 데이터")]
    [InlineData("منصة البيانات ١٢٣")]
    [InlineData("עברית हिन्दी ไทย")]
    [InlineData("🚀 👍🏽 🇪🇺 €§µ")]
    [InlineData("Zoe\u0308 e\u0323\u0301")]
    [InlineData("a-b_c/d (e) [f] {g} <h> \"i\" 'j' #1 @k | ~ ^ `")]
    public void Takes_what_people_see(string text)
    {
        Assert.Equal(text, PlainText.Normalize(text, 100));
        Assert.Equal(text, PlainText.NormalizeLines(text, 100));
    }

    [Theory]
    [InlineData("a\u202Eb", "U+202E is not allowed")]
    [InlineData("a\u200Bb", "U+200B is not allowed")]
    [InlineData("a\U000E0041b", "U+E0041 is not allowed")]
    [InlineData("a\u00A0b", "U+00A0 is not allowed")]
    [InlineData("a  b", "Two spaces follow each other")]
    public void Names_the_character_that_is_not_allowed(string text, string problem)
    {
        Assert.Null(PlainText.Normalize(text, 100));
        Assert.Equal(
            $"A label is one line of 1 to 100 characters: letters, marks, numbers, punctuation, symbols and single spaces. {problem}.",
            PlainText.WhyNoLine("A label", $" {text}\n", 100));
    }

    // Not as the data of a theory: an attribute cannot hold it.
    [Fact]
    public void Names_half_of_a_pair() => Assert.Equal("U+D83D is not allowed", PlainText.ProblemOf("a\uD83Db"));

    [Fact]
    public void Of_all_characters_takes_those_that_an_eye_can_tell_from_others()
    {
        var wrong = Enumerable.Range(0, 0x110000).Where(Rune.IsValid).Select(value => new Rune(value))
            .Where(rune => (PlainText.Normalize($"a{rune}b", 10) is not null) != IsVisible(rune, spaces: rune.Value == ' '));

        Assert.Equal([], wrong);
    }

    [Fact]
    public void Texts_of_several_lines_have_blanks_tabs_and_line_breaks_besides()
    {
        var wrong = Enumerable.Range(0, 0x110000).Where(Rune.IsValid).Select(value => new Rune(value))
            .Where(rune => (PlainText.NormalizeLines($"a{rune}b", 10) is not null) != (rune.Value is '\n' or '\r' or '\t' || IsVisible(rune, spaces: true)));

        Assert.Equal([], wrong);
        Assert.Equal(
            "A text has at most 9 characters: letters, marks, numbers, punctuation, symbols, blanks, tabs and line breaks. U+2066 is not allowed.",
            PlainText.WhyNoLines("A text", "a\n\u2066b", 9));
    }

    // The categories of the Unicode Standard, section 4.5, without its Default_Ignorable_Code_Points and the blanks among letters and symbols.
    private static bool IsVisible(Rune rune, bool spaces)
        => CharUnicodeInfo.GetUnicodeCategory(rune.Value) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
                or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
                or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
                or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation
                or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation
                or UnicodeCategory.OtherPunctuation or UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol or UnicodeCategory.ModifierSymbol
                or UnicodeCategory.OtherSymbol => !Unseen.Contains(rune.Value),
            UnicodeCategory.SpaceSeparator => spaces,
            _ => false,
        };

    private static readonly HashSet<int> Unseen =
    [
        0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, .. Enumerable.Range(0x180B, 5), 0x2800, 0x3164, .. Enumerable.Range(0xFE00, 16), 0xFFA0, 0xFFFD,
        0x16FE4, 0x1D159, .. Enumerable.Range(0xE0100, 240),
    ];
}

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
}

using Apc.ControlPlane.Domain.Users;

namespace Apc.ControlPlane.Domain.Tests.Users;

public class PasswordRulesTests
{
    private const string TooWeak =
        "The password needs at least 12 characters, or at least 8 with an upper-case letter, a lower-case letter, a digit and a special character.";

    [Theory]
    [InlineData("twelve chars")]
    [InlineData("Abcde1!x")]
    [InlineData("Ünïcöd3!")]
    [InlineData("correct horse battery staple")]
    public void Takes_long_passwords_and_shorter_ones_of_mixed_kinds(string password)
        => Assert.Empty(PasswordRules.Problems(password, "ada@example.com"));

    [Theory]
    [InlineData("")]
    [InlineData("              ")]
    [InlineData("eleven char")]
    [InlineData("Abcd1!x")]
    [InlineData("abcde1!x")]
    [InlineData("ABCDE1!X")]
    [InlineData("Abcdef!x")]
    [InlineData("Abcde12x")]
    public void Refuses_weak_passwords(string password)
        => Assert.Equal([TooWeak], PasswordRules.Problems(password, "ada@example.com"));

    [Theory]
    [InlineData("ada@example.com")]
    [InlineData("ADA@example.com")]
    [InlineData(" ada@example.com ")]
    public void Refuses_the_email_address(string password)
        => Assert.Equal(["The password is the email address."], PasswordRules.Problems(password, "ada@example.com"));

    [Fact]
    public void Takes_256_characters_and_no_more()
    {
        var longest = string.Concat(Enumerable.Range(0, 64).Select(i => $"{(char)('a' + (i % 26))}{i:00}-"));

        Assert.Empty(PasswordRules.Problems(longest, "ada@example.com"));
        Assert.Equal(["The password is longer than 256 characters."], PasswordRules.Problems(longest + "x", "ada@example.com"));
    }

    [Fact]
    public void Reports_all_problems_at_once()
        => Assert.Equal(["The password is the email address.", TooWeak], PasswordRules.Problems("a@b.c", "a@b.c"));

    [Theory]
    [InlineData("Correct-horse-1")]
    [InlineData("an eagle in a teapot")]
    [InlineData("8h2-Kq9!")]
    [InlineData("Canada-rocks-9")]
    [InlineData("829104756382")]
    public void Takes_what_nobody_guesses_first(string password)
        => Assert.Empty(PasswordRules.Problems(password, "ada@example.com", "ada", "Ada Lovelace"));

    public static TheoryData<string> Guessed()
    {
        var guessed = new TheoryData<string>();

        // Each common password, as people change it to pass a rule, and so long that nothing but the list refuses it.
        foreach (var common in new[] { "password", "iloveyou", "baseball", "superman", "princess", "trustno1", "starwars", "changeme", "summer", "welcome", "letmein" })
        {
            var title = char.ToUpperInvariant(common[0]) + common[1..];
            var disguised = title.Replace('a', '@').Replace('e', '3').Replace('o', '0').Replace('s', '5');

            foreach (var form in new[]
            {
                $"{title}12345!", $"{title}2026!!!!", $"{title}-{title}", $"{common}{common}", $"123-{title}!!99", string.Join(' ', common.AsEnumerable()) + "1!!",
                $"{disguised}2026!", $"{disguised}!!!!!!", common.ToUpperInvariant() + "a12345!"[1..] + "00", string.Join('-', title.AsEnumerable()) + "-2026",
            })
            {
                guessed.Add(form.Length < PasswordRules.LongEnough ? form.PadRight(PasswordRules.LongEnough, '7') : form);
            }
        }

        // Runs of keys, repetitions, years.
        foreach (var form in new[]
        {
            "qwertyuiop12", "Qwertyuiop1!", "1qaz2wsx3edc", "zaq12wsxcde3", "abcdefghijkl", "lkjihgfedcba", "123456789012", "987654321098", "asdfghjkl;12", "qwertzuiop12",
            "aaaaaaaaaaaa", "aaaaaaaaaaB1!", "abababababab", "xk9xk9xk9xk9", "201920202021", "Ab1!Ab1!Ab1!", "------------", "ａａａａａａａａａａａａ", "\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b",
        })
        {
            guessed.Add(form);
        }

        return guessed;
    }

    [Theory]
    [MemberData(nameof(Guessed))]
    public void Refuses_what_is_guessed_first(string password)
        => Assert.Equal(
            ["The password is among the first that are guessed: a common one, a run of keys, or a repetition."],
            PasswordRules.Problems(password, "ada@example.com"));

    [Theory]
    [InlineData("hopper-88-Wx!")]
    [InlineData("my HOPPER-88-Wx")]
    [InlineData("h0pp3r-88-Wx!")]
    [InlineData("h.o.p.p.e.r-88-Wx!")]
    [InlineData("ＨＯＰＰＥＲ-88-wx!")]
    [InlineData("xx-grace-88-Wx!")]
    [InlineData("gracehopper-Wx8")]
    [InlineData("grace@example.com-Wx8")]
    [InlineData("brewster-murray-8")]
    [InlineData("Amy-88-77-66-Wx")]
    [InlineData("my-Houston-88-Wx")]
    [InlineData("Apc-Control-Plane-88")]
    public void Refuses_the_persons_own_name_in_any_part(string password)
        => Assert.Equal(
            ["The password holds the person's own name or address, or the name of the platform."],
            PasswordRules.Problems(password, "grace@example.com", "hopper", "Amy Brewster Murray", null, ""));

    [Fact]
    public void Half_of_a_surrogate_pair_hides_nothing()
        => Assert.Single(PasswordRules.Problems("hopper-88-Wx!\ud800", "grace@example.com", "hopper"));
}

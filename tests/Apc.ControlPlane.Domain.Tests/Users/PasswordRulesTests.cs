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
        Assert.Empty(PasswordRules.Problems(new string('x', 256), "ada@example.com"));
        Assert.Equal(["The password is longer than 256 characters."], PasswordRules.Problems(new string('x', 257), "ada@example.com"));
    }

    [Fact]
    public void Reports_all_problems_at_once()
        => Assert.Equal(["The password is the email address.", TooWeak], PasswordRules.Problems("a@b.c", "a@b.c"));
}

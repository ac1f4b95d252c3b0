using Apc.ControlPlane.Domain.Users;

namespace Apc.ControlPlane.Domain.Tests.Users;

public class EmailAddressTests
{
    [Theory]
    [InlineData("ada@example.com", "ada@example.com")]
    [InlineData("  Ada@Example.com\t", "Ada@Example.com")]
    [InlineData("root@localhost", "root@localhost")]
    [InlineData("zoë+test@bücher.example", "zoë+test@bücher.example")]
    public void Takes_addresses_without_their_surrounding_blanks(string text, string address)
        => Assert.Equal(address, EmailAddress.Normalize(text));

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("@example.com")]
    [InlineData("ada@")]
    [InlineData("ada@b@example.com")]
    [InlineData("ada lovelace@example.com")]
    [InlineData("ada\u0000@example.com")]
    public void Refuses_everything_else(string text) => Assert.Null(EmailAddress.Normalize(text));

    [Fact]
    public void Takes_320_characters_and_no_more()
    {
        var longest = new string('a', 308) + "@example.com";

        Assert.Equal(longest, EmailAddress.Normalize(longest));
        Assert.Null(EmailAddress.Normalize("a" + longest));
    }
}

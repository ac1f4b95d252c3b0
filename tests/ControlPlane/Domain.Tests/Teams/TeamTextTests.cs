using Apc.ControlPlane.Domain.Teams;

namespace Apc.ControlPlane.Domain.Tests.Teams;

public class TeamTextTests
{
    [Theory]
    [InlineData(" Data ", "Data")]
    [InlineData("Ünïcödé 🚀", "Ünïcödé 🚀")]
    [InlineData("", null)]
    [InlineData("  ", null)]
    [InlineData("two\nlines", null)]
    [InlineData("a\u0000b", null)]
    [InlineData("half \ud83d", null)]
    public void A_name_is_one_plain_line(string text, string? name) => Assert.Equal(name, TeamText.Name(text));

    [Theory]
    [InlineData(" what for ", "what for")]
    [InlineData("", "")]
    [InlineData(" \n ", "")]
    [InlineData("two\r\n\tlines", "two\r\n\tlines")]
    [InlineData("a\u0000b", null)]
    [InlineData("a\u001bb", null)]
    public void A_description_may_have_several_lines(string text, string? description) => Assert.Equal(description, TeamText.Description(text));

    [Fact]
    public void Both_have_a_limit()
    {
        Assert.Equal((255, 4_096), (TeamText.Name(new string('a', 255))!.Length, TeamText.Description(new string('a', 4_096))!.Length));
        Assert.Equal((null, null), (TeamText.Name(new string('a', 256)), TeamText.Description(new string('a', 4_097))));
    }

    [Theory]
    [InlineData("admins", true)]
    [InlineData("0b1f6c1e-6f0e-4d6c-9f2e-3f0f7a1d9c55", true)]
    [InlineData("cn=Admins,ou=Groups", true)]
    [InlineData(" admins ", true)]
    [InlineData("", false)]
    [InlineData("  ", false)]
    [InlineData("a\u0000", false)]
    [InlineData("a\nb", false)]
    [InlineData("\ud800", false)]
    public void The_id_of_a_group_is_taken_as_it_is_or_not_at_all(string text, bool isOne) => Assert.Equal(isOne, TeamText.IsExternalId(text));

    [Fact]
    public void The_id_of_a_group_is_not_cut()
    {
        Assert.True(TeamText.IsExternalId(new string('a', TeamText.MaxExternalIdLength)));
        Assert.False(TeamText.IsExternalId(new string('a', TeamText.MaxExternalIdLength + 1)));
    }
}

using System.Security.Cryptography;
using System.Text;
using Apc.ControlPlane.Api.Access.Tokens;

namespace Apc.ControlPlane.Api.Tests.Access.Tokens;

public sealed class OneTimeTokenTests
{
    [Fact]
    public void A_token_is_recognized_by_its_hash_with_blanks_around_it_too()
    {
        var token = OneTimeToken.Make();

        Assert.Matches("^[0-9A-Za-z]{43}$", token.Text);
        Assert.Equal(SHA256.HashData(Encoding.ASCII.GetBytes(token.Text)), token.Hash);
        Assert.Equal(token.Hash, OneTimeToken.HashOf($" {token.Text}\n"));
    }

    [Fact]
    public void No_two_are_alike()
        => Assert.Equal(1_000, Enumerable.Range(0, 1_000).Select(_ => OneTimeToken.Make().Text).Distinct(StringComparer.OrdinalIgnoreCase).Count());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-a")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaäa")]
    public void What_nobody_can_have_been_given_costs_no_look_up(string? text) => Assert.Null(OneTimeToken.HashOf(text));
}

using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Domain.Tests.Clusters;

public class BaseDomainFormTests
{
    [Theory]
    [InlineData("dp1.example.com", "dp1.example.com")]
    [InlineData("DP1.Example.COM", "dp1.example.com")]
    [InlineData("dp1.example.com.", "dp1.example.com")]
    [InlineData(" dp1.example.com\t", "dp1.example.com")]
    [InlineData("dp1 .example.com", "dp1.example.com")]
    [InlineData("https://dp1.example.com", "dp1.example.com")]
    [InlineData("HTTPS://dp1.example.com./a?b#c", "dp1.example.com")]
    [InlineData("dp1.example.com/", "dp1.example.com")]
    [InlineData("dp1.example.com:8443", "dp1.example.com:8443")]
    [InlineData("localhost", "localhost")]
    [InlineData("Bücher.example", "bücher.example")]
    [InlineData("", null)]
    [InlineData("https://", null)]
    [InlineData(" . ", null)]
    [InlineData("😀.example.com", null)]
    [InlineData("<script>", null)]
    [InlineData("a\u0001b", null)]
    public void Spellings_of_one_domain_have_one_form(string text, string? expected)
        => Assert.Equal(expected, BaseDomainForm.Of(text));
}

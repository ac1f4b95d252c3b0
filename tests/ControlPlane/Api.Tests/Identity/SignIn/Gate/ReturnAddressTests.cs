using Apc.ControlPlane.Api.Identity.SignIn.Gate;

namespace Apc.ControlPlane.Api.Tests.Identity.SignIn.Gate;

/// <summary>Where a browser may be sent after a sign-in.</summary>
public sealed class ReturnAddressTests
{
    private static readonly Uri Origin = new("https://houston.example.com");

    [Theory]
    [InlineData("https://grafana.example.com/d/1?a=b&c=d#e", "https://grafana.example.com/d/1?a=b&c=d#e")]
    [InlineData("https://GRAFANA.Example.com", "https://grafana.example.com/")]
    [InlineData("HTTPS://grafana.example.com:8443/", "https://grafana.example.com:8443/")]
    [InlineData("https://example.com/", "https://example.com/")]
    [InlineData("https://houston.example.com/playground", "https://houston.example.com/playground")]
    [InlineData("https://a.cookies.test/", "https://a.cookies.test/")]
    [InlineData("https://grafana.example.com/?next=https://evil.org", "https://grafana.example.com/?next=https://evil.org")]
    [InlineData("https://grafana.example.com/a/../b", "https://grafana.example.com/b")]
    public void Hosts_of_the_platform(string text, string address) => Assert.Equal(address, Judge(text));

    [Theory]
    [InlineData("")]
    [InlineData("/d/1")]
    [InlineData("//evil.org")]
    [InlineData("///evil.org")]
    [InlineData("/\\evil.org")]
    [InlineData("\\\\evil.org")]
    [InlineData("\\evil.org")]
    [InlineData("https:evil.org")]
    [InlineData("https:/evil.org")]
    [InlineData("https:///evil.org")]
    [InlineData("https:\\\\evil.org")]
    [InlineData("https://evil.org")]
    [InlineData("https://evil.org/example.com")]
    [InlineData("https://evil.org?example.com")]
    [InlineData("https://evil.org#.example.com")]
    [InlineData("https://evil.org\\.example.com")]
    [InlineData("https://evil.org%2F.example.com")]
    [InlineData("https://evil.org%00.example.com")]
    [InlineData("https://evilexample.com")]
    [InlineData("https://example.com.evil.org")]
    [InlineData("https://example.com@evil.org")]
    [InlineData("https://grafana.example.com:443@evil.org/")]
    [InlineData("https://user@grafana.example.com/")]
    [InlineData("https://user:pass@grafana.example.com/")]
    [InlineData("https://grafana.example.com\t.evil.org")]
    [InlineData("ht\ntps://grafana.example.com/")]
    [InlineData(" https://grafana.example.com/")]
    [InlineData("https://grafana.example.com/ x")]
    [InlineData("javascript:alert(1)")]
    [InlineData("javascript://grafana.example.com/%0aalert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("ftp://grafana.example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://grafana.example.com/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://①②⑦.⓪.⓪.①/")]
    [InlineData("nonsense")]
    public void Nothing_else(string text) => Assert.Null(Judge(text));

    [Fact]
    public void Nor_an_address_that_is_too_long() => Assert.Null(Judge($"https://grafana.example.com/{new string('a', ReturnAddress.MaxLength)}"));

    [Fact]
    public void Plain_http_may_lead_to_plain_http()
        => Assert.Equal("http://127.0.0.1:3000/d/1", ReturnAddress.Allowed("http://127.0.0.1:3000/d/1", new Uri("http://127.0.0.1:8871"), null, ""));

    [Fact]
    public void Without_domains_it_is_the_same_host_alone()
    {
        Assert.Equal("https://houston.example.com/", ReturnAddress.Allowed("https://houston.example.com/", Origin, null, null));
        Assert.Null(ReturnAddress.Allowed("https://grafana.example.com/", Origin, null, null));
        Assert.Null(ReturnAddress.Allowed("https://x.houston.example.com/", Origin, null, null));
    }

    private static string? Judge(string text) => ReturnAddress.Allowed(text, Origin, "example.com", "cookies.test");
}

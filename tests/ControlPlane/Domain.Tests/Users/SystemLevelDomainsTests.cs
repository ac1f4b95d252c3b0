using Apc.ControlPlane.Domain.Users;

namespace Apc.ControlPlane.Domain.Tests.Users;

public sealed class SystemLevelDomainsTests
{
    [Theory]
    [InlineData("ada@example.com", true)]
    [InlineData("ada@EXAMPLE.com", true)]
    [InlineData("ada@other.org", true)]
    [InlineData("ada@sub.example.com", false)]
    [InlineData("ada@notexample.com", false)]
    [InlineData("ada@example.com.evil.net", false)]
    [InlineData("", false)]
    public void A_domain_is_allowed_exactly_and_whatever_its_case(string address, bool expected)
        => Assert.Equal(expected, SystemLevelDomains.Allow(address, ["Example.com", "other.org"]));

    [Fact]
    public void Where_none_is_listed_everybody_is_allowed() => Assert.True(SystemLevelDomains.Allow("ada@example.com", []));
}

using System.Net;
using Apc.ControlPlane.Api.DataPlane;

namespace Apc.ControlPlane.Api.Tests.DataPlane;

public class AddressRulesTests
{
    private const string OwnMachine = "The host leads to the control plane's own machine, and DataPlanes:AllowLoopback is off.";

    private const string NeverADataPlane =
        "The host leads to an address that is never a data plane: unspecified, link-local, multicast or cloud metadata.";

    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("203.0.113.7")]
    [InlineData("fd12:3456::1")]
    [InlineData("2001:db8::1")]
    [InlineData("::ffff:10.1.2.3")]
    [InlineData("64:ff9b::a01:203")]
    public void Data_planes_live_in_private_and_public_networks(string address)
        => Assert.Null(new AddressRules(new DataPlaneOptions()).WhyNot(IPAddress.Parse(address)));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.0.1")]
    [InlineData("100.100.100.200")]
    [InlineData("168.63.129.16")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%2")]
    [InlineData("ff02::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fd20:ce::254")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::ffff:0.0.0.0")]
    [InlineData("::169.254.169.254")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("64:ff9b:1::a9fe:a9fe")]
    [InlineData("2002:a9fe:a9fe::1")]
    public void Some_addresses_are_never_called(string address)
    {
        var everything = new DataPlaneOptions { AllowHttp = true, AllowLoopback = true, AllowedNetworks = ["0.0.0.0/0", "::/0"] };

        Assert.Equal(NeverADataPlane, new AddressRules(everything).WhyNot(IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:7f01:203")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("::127.0.0.1")]
    [InlineData("2002:7f00:1::")]
    public void This_machine_is_called_only_where_an_option_says_so(string address)
    {
        Assert.Equal(OwnMachine, new AddressRules(new DataPlaneOptions()).WhyNot(IPAddress.Parse(address)));
        Assert.Null(new AddressRules(new DataPlaneOptions { AllowLoopback = true }).WhyNot(IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("10.8.0.1", null)]
    [InlineData("::ffff:10.8.0.1", null)]
    [InlineData("2001:db8:5::1", null)]
    [InlineData("10.9.0.1", "The host leads to an address outside DataPlanes:AllowedNetworks.")]
    [InlineData("2001:db8:6::1", "The host leads to an address outside DataPlanes:AllowedNetworks.")]
    public void Networks_narrow_what_is_called(string address, string? expected)
    {
        var rules = new AddressRules(new DataPlaneOptions { AllowedNetworks = ["10.8.0.0/16", "2001:db8:5::/48"] });

        Assert.Equal(expected, rules.WhyNot(IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("https://example.com", true)]
    [InlineData("https://dp1.EXAMPLE.com", true)]
    [InlineData("https://dp1.example.com.", true)]
    [InlineData("https://a.b.corp.internal", true)]
    [InlineData("https://example.com.evil.org", false)]
    [InlineData("https://notexample.com", false)]
    [InlineData("https://10.0.0.1", false)]
    public void Names_narrow_what_is_called(string uri, bool allowed)
    {
        var rules = new AddressRules(new DataPlaneOptions { AllowedHosts = ["example.com", ".corp.internal"] });

        Assert.Equal(allowed ? null : "The host of the metadata URL is not among DataPlanes:AllowedHosts.", rules.WhyNot(new Uri(uri)));
    }

    [Theory]
    [InlineData("https://dp1.example.com", false, null)]
    [InlineData("http://dp1.example.com", true, null)]
    [InlineData("http://dp1.example.com", false, "The metadata URL is not https, and DataPlanes:AllowHttp is off.")]
    public void Plain_http_is_called_only_where_an_option_says_so(string uri, bool allowHttp, string? expected)
        => Assert.Equal(expected, new AddressRules(new DataPlaneOptions { AllowHttp = allowHttp }).WhyNot(new Uri(uri)));
}

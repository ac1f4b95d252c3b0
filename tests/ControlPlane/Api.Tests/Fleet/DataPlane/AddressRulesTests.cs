using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Apc.ControlPlane.Api.Common.OutboundHttp;
using Apc.ControlPlane.Api.Fleet.DataPlane;

namespace Apc.ControlPlane.Api.Tests.Fleet.DataPlane;

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
        => Assert.Null(Rules(new DataPlaneOptions()).WhyNot(IPAddress.Parse(address)));

    /// <summary>
    /// Where clouds hand out credentials, as their documentation says, and what is no host's address; each as it is and in every form of IPv6 that
    /// leads to it.
    /// </summary>
    public static TheoryData<string> Never()
    {
        string[] plain =
        [
            "0.0.0.0", "0.1.2.3", "224.0.0.1", "239.255.255.255", "255.255.255.255", "::", "fe80::1", "fe80::1%2", "ff02::1",
            "169.254.0.1", // any link-local
            "169.254.169.254", // AWS, Azure, Google, Oracle, DigitalOcean, OpenStack
            "169.254.170.2", // AWS ECS
            "169.254.170.23", // AWS EKS Pod Identity
            "169.254.42.42", // Scaleway
            "169.254.0.23", // Tencent
            "100.100.100.200", // Alibaba
            "100.96.0.96", // Volcengine
            "192.0.0.192", // Oracle
            "168.63.129.16", // Azure's wire server
            "fd00:ec2::254", // AWS
            "fd00:ec2::23", // AWS EKS Pod Identity
            "fd20:ce::254", // Google
            "fd00:42::42", // Scaleway
            "fd00:c1::a9fe:a9fe", // Oracle
            "fd00:a9fe:a9fe::1", // Linode
            "fe80::a9fe:a9fe", // OpenStack
        ];
        return [.. plain.SelectMany(address => FormsOf(IPAddress.Parse(address))).Select(address => address.ToString()).Distinct()];
    }

    [Theory]
    [MemberData(nameof(Never))]
    public void Some_addresses_are_never_called(string address)
    {
        var everything = new DataPlaneOptions { AllowHttp = true, AllowLoopback = true, AllowedNetworks = ["0.0.0.0/0", "::/0"] };

        Assert.Equal(NeverADataPlane, Rules(everything).WhyNot(IPAddress.Parse(address)));
    }

    /// <summary>What may be called may be called in those forms too; of local NAT64, in the form that operators use.</summary>
    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.0.1")]
    [InlineData("192.168.7.7")]
    [InlineData("203.0.113.7")]
    public void Other_addresses_are_called_in_every_form(string address)
    {
        Assert.All(
            FormsOf(IPAddress.Parse(address)).Where(form => !form.ToString().StartsWith("64:ff9b:1:", StringComparison.Ordinal)),
            form => Assert.Null(Rules(new DataPlaneOptions()).WhyNot(form)));
        Assert.Null(Rules(new DataPlaneOptions()).WhyNot(IPAddress.Parse("64:ff9b:1::" + address)));
    }

    [Fact]
    public void An_address_of_this_machines_interfaces_counts_as_loopback_in_every_form()
    {
        var own = NetworkInterface.GetAllNetworkInterfaces().SelectMany(face => face.GetIPProperties().UnicastAddresses).Select(unicast => unicast.Address)
            .Where(address => !address.IsIPv6LinkLocal).ToArray();

        Assert.NotEmpty(own);
        Assert.All(own.SelectMany(FormsOf), form =>
        {
            Assert.Equal((form, OwnMachine), (form, Rules(new DataPlaneOptions { AllowedNetworks = ["0.0.0.0/0", "::/0"] }).WhyNot(form)));
            Assert.Null(Rules(new DataPlaneOptions { AllowLoopback = true }).WhyNot(form));
        });
    }

    /// <summary>The address, and for IPv4 every IPv6 address that carries it (RFC 4291, 2765, 6052, 8215, 3056, 4380).</summary>
    private static IEnumerable<IPAddress> FormsOf(IPAddress address)
    {
        yield return address;

        if (address.AddressFamily is not AddressFamily.InterNetwork)
        {
            yield break;
        }

        var (a, b, c, d) = address.GetAddressBytes() switch { var bytes => (bytes[0], bytes[1], bytes[2], bytes[3]) };
        yield return address.MapToIPv6();
        yield return IPAddress.Parse($"64:ff9b::{address}");
        yield return IPAddress.Parse($"::ffff:0:{address}");
        yield return IPAddress.Parse($"2002:{a:x2}{b:x2}:{c:x2}{d:x2}::1");
        yield return IPAddress.Parse($"2001:0:4136:e378:8000:63bf:{(byte)~a:x2}{(byte)~b:x2}:{(byte)~c:x2}{(byte)~d:x2}");
        yield return IPAddress.Parse($"64:ff9b:1::{address}");

        // The compatible form of 0.0.0.1 is the loopback of IPv6.
        yield return IPAddress.Parse($"::{address}");

        // Zeros say nothing about where the address stands.
        if (a == 0)
        {
            yield break;
        }

        yield return IPAddress.Parse($"64:ff9b:1:ab:0:cd:{a:x2}{b:x2}:{c:x2}{d:x2}");
        yield return IPAddress.Parse($"64:ff9b:1:{a:x2}{b:x2}:00{c:x2}:{d:x2}00::");
        yield return IPAddress.Parse($"64:ff9b:1:ab{a:x2}:00{b:x2}:{c:x2}{d:x2}::");
        yield return IPAddress.Parse($"64:ff9b:1:abcd:00{a:x2}:{b:x2}{c:x2}:{d:x2}00::");
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
        Assert.Equal(OwnMachine, Rules(new DataPlaneOptions()).WhyNot(IPAddress.Parse(address)));
        Assert.Null(Rules(new DataPlaneOptions { AllowLoopback = true }).WhyNot(IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("10.8.0.1", null)]
    [InlineData("::ffff:10.8.0.1", null)]
    [InlineData("2001:db8:5::1", null)]
    [InlineData("64:ff9b::10.8.0.1", null)]
    [InlineData("64:ff9b::10.9.0.1", "The host leads to an address outside DataPlanes:AllowedNetworks.")]
    [InlineData("10.9.0.1", "The host leads to an address outside DataPlanes:AllowedNetworks.")]
    [InlineData("2001:db8:6::1", "The host leads to an address outside DataPlanes:AllowedNetworks.")]
    public void Networks_narrow_what_is_called(string address, string? expected)
    {
        var rules = Rules(new DataPlaneOptions { AllowedNetworks = ["10.8.0.0/16", "2001:db8:5::/48"] });

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
        var rules = Rules(new DataPlaneOptions { AllowedHosts = ["example.com", ".corp.internal"] });

        Assert.Equal(allowed ? null : "The host of the metadata URL is not among DataPlanes:AllowedHosts.", rules.WhyNot(new Uri(uri)));
    }

    [Theory]
    [InlineData("https://dp1.example.com", false, null)]
    [InlineData("http://dp1.example.com", true, null)]
    [InlineData("http://dp1.example.com", false, "The metadata URL is not https, and DataPlanes:AllowHttp is off.")]
    public void Plain_http_is_called_only_where_an_option_says_so(string uri, bool allowHttp, string? expected)
        => Assert.Equal(expected, Rules(new DataPlaneOptions { AllowHttp = allowHttp }).WhyNot(new Uri(uri)));

    private static AddressRules Rules(DataPlaneOptions options) => new(options.Rules(), new OwnAddresses(TimeProvider.System));
}

using System.Net;
using System.Net.Sockets;

namespace Apc.ControlPlane.Api.DataPlane;

/// <summary>Which hosts and addresses may be called. People register them, so nothing on this machine or in its cloud may be reached by it.</summary>
/// <remarks>
/// Private ranges are allowed: data planes live there. Addresses are judged as they are connected to, never as texts: <c>0x7f000001</c>
/// and <c>①②⑦.⓪.⓪.①</c> mean this machine too.
/// </remarks>
public sealed class AddressRules(DataPlaneOptions options)
{
    // Never a data plane, on no option: this network, link-local, multicast, broadcast, and where clouds hand out credentials.
    private static readonly IPNetwork[] Refused =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("224.0.0.0/4"),
        IPNetwork.Parse("255.255.255.255/32"),
        IPNetwork.Parse("100.100.100.200/32"),
        IPNetwork.Parse("168.63.129.16/32"),
        IPNetwork.Parse("192.0.0.192/32"),
        IPNetwork.Parse("::/128"),
        IPNetwork.Parse("fe80::/10"),
        IPNetwork.Parse("ff00::/8"),
        IPNetwork.Parse("fd00:ec2::254/128"),
        IPNetwork.Parse("fd20:ce::254/128"),
    ];

    // IPv6 forms of IPv4 addresses, besides the mapped ones: compatible (deprecated), NAT64 (RFC 6052 and the local one of RFC 8215).
    private static readonly IPNetwork[] Wrappings =
    [
        IPNetwork.Parse("::/96"),
        IPNetwork.Parse("64:ff9b::/96"),
        IPNetwork.Parse("64:ff9b:1::/48"),
    ];

    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    private readonly IPNetwork[] _networks = [.. options.AllowedNetworks.Select(text => IPNetwork.Parse(text))];
    private readonly string[] _hosts = [.. options.AllowedHosts.Select(host => host.Trim('.'))];

    /// <summary>Why an address of this scheme and host may not be called, whatever its IP address: a sentence, or null where it may.</summary>
    public string? WhyNot(Uri uri)
    {
        if (uri.Scheme != Uri.UriSchemeHttps && !options.AllowHttp)
        {
            return "The metadata URL is not https, and DataPlanes:AllowHttp is off.";
        }

        var host = uri.IdnHost.TrimEnd('.');
        return _hosts.Length == 0 || _hosts.Any(allowed => IsAtOrBelow(host, allowed))
            ? null
            : "The host of the metadata URL is not among DataPlanes:AllowedHosts.";
    }

    /// <summary>Why this IP address may not be connected to: a sentence, or null where it may.</summary>
    public string? WhyNot(IPAddress address)
    {
        var plain = Unwrap(address);

        if (IPAddress.IsLoopback(plain))
        {
            return options.AllowLoopback ? null : "The host leads to the control plane's own machine, and DataPlanes:AllowLoopback is off.";
        }

        if (Refused.Any(network => network.Contains(plain)))
        {
            return "The host leads to an address that is never a data plane: unspecified, link-local, multicast or cloud metadata.";
        }

        return _networks.Length == 0 || _networks.Any(network => network.Contains(plain))
            ? null
            : "The host leads to an address outside DataPlanes:AllowedNetworks.";
    }

    /// <summary>The IPv4 address that an IPv6 one stands for, else the address itself.</summary>
    private static IPAddress Unwrap(IPAddress address)
    {
        if (address.AddressFamily is not AddressFamily.InterNetworkV6)
        {
            return address;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        // A scope (%eth0) is no part of the question, and would keep networks from matching.
        var bytes = address.GetAddressBytes();
        var plain = new IPAddress(bytes);

        if (IPAddress.IsLoopback(plain) || plain.Equals(IPAddress.IPv6Any))
        {
            return plain;
        }

        if (SixToFour.Contains(plain))
        {
            return new IPAddress(bytes.AsSpan(2, 4));
        }

        return Wrappings.Any(wrapping => wrapping.Contains(plain)) ? new IPAddress(bytes.AsSpan(12)) : plain;
    }

    private static bool IsAtOrBelow(string host, string allowed)
        => host.Equals(allowed, StringComparison.OrdinalIgnoreCase)
            || (host.Length > allowed.Length
                && host[host.Length - allowed.Length - 1] == '.'
                && host.EndsWith(allowed, StringComparison.OrdinalIgnoreCase));
}

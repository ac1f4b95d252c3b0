using System.Net;
using System.Net.Sockets;

namespace Apc.ControlPlane.Api.Common.OutboundHttp;

/// <summary>The IPv4 addresses inside IPv6 addresses: a packet to the IPv6 address may arrive at the IPv4 address.</summary>
internal static class EmbeddedAddresses
{
    // In the last 32 bits: IPv4-compatible, IPv4-mapped, IPv4-translated (RFC 2765), NAT64 (RFC 6052).
    private static readonly IPNetwork[] AtTheEnd =
        [IPNetwork.Parse("::/96"), IPNetwork.Parse("::ffff:0:0:0/96"), IPNetwork.Parse("64:ff9b::/96")];

    private static readonly IPNetwork LocalNat64 = IPNetwork.Parse("64:ff9b:1::/48");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Teredo = IPNetwork.Parse("2001::/32");
    private static readonly IPNetwork ThisNetwork = IPNetwork.Parse("0.0.0.0/8");

    /// <summary>Those in an address without a scope; most have none.</summary>
    public static IReadOnlyList<IPAddress> Of(IPAddress address)
    {
        if (address.AddressFamily is not AddressFamily.InterNetworkV6
            || IPAddress.IPv6Loopback.Equals(address)
            || IPAddress.IPv6Any.Equals(address))
        {
            return [];
        }

        var bytes = address.GetAddressBytes();

        return address.IsIPv4MappedToIPv6 || AtTheEnd.Any(network => network.Contains(address)) ? [At(bytes, 12, 13, 14, 15)]
            : LocalNat64.Contains(address) ? OfLocalNat64(bytes)
            : SixToFour.Contains(address) ? [At(bytes, 2, 3, 4, 5)]
            : Teredo.Contains(address) ? [At(bytes, 4, 5, 6, 7), At([.. bytes.Select(b => (byte)~b)], 12, 13, 14, 15)]
            : [];
    }

    /// <summary>
    /// The position depends on the length of the prefix, which only the network's operator knows (RFC 6052, section 2.2).
    /// </summary>
    private static IPAddress[] OfLocalNat64(byte[] bytes)
    {
        IPAddress[] all = [At(bytes, 12, 13, 14, 15), At(bytes, 6, 7, 9, 10), At(bytes, 7, 9, 10, 11), At(bytes, 9, 10, 11, 12)];

        // The other positions hold zeros.
        var likely = all.Where(address => !ThisNetwork.Contains(address)).ToArray();
        return likely.Length > 0 ? likely : all;
    }

    private static IPAddress At(byte[] bytes, int first, int second, int third, int fourth)
        => new([bytes[first], bytes[second], bytes[third], bytes[fourth]]);
}

using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Access.Quotas;

/// <summary>What windows are told apart by: short texts, the same for all spellings of the same thing.</summary>
public static class QuotaKeys
{
    /// <summary>The key of what is counted for the whole platform.</summary>
    public const string Platform = "*";

    // Longer than any name that is stored; what is cut off does not tell names apart.
    private const int MaxNameLength = 320;

    /// <summary>The key of a user, a service account or a workspace.</summary>
    public static string Of(Guid id) => id.ToString("N");

    /// <summary>The key of a name or an email address. It is a hash: the table of counts holds no personal data.</summary>
    public static string OfName(string name)
    {
        var cut = name.Trim();
        var key = NameKey.Of(cut[..Math.Min(cut.Length, MaxNameLength)]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
    }

    /// <summary>The IPv4 address itself; of an IPv6 address its /64, which one machine has to itself. Null for a text that is no address.</summary>
    public static string? OfAddress(string? address) => IPAddress.TryParse(address, out var parsed) ? OfAddress(parsed) : null;

    /// <inheritdoc cref="OfAddress(string?)"/>
    public static string? OfAddress(IPAddress? address) => address is null ? null : Block(address, bytesOfV4: 4, bytesOfV6: 8);

    /// <summary>The /24 of an IPv4 address, the /48 of an IPv6 address. Null for a text that is no address.</summary>
    public static string? OfNetwork(string? address) => IPAddress.TryParse(address, out var parsed) ? Block(parsed, bytesOfV4: 3, bytesOfV6: 6) : null;

    private static string Block(IPAddress address, int bytesOfV4, int bytesOfV6)
    {
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = address.GetAddressBytes();
        var length = address.AddressFamily is AddressFamily.InterNetwork ? bytesOfV4 : bytesOfV6;
        bytes.AsSpan(length).Clear();
        return $"{new IPAddress(bytes)}/{8 * length}";
    }
}

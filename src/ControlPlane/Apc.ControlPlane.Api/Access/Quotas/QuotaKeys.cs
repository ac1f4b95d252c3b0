using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Access.Quotas;

/// <summary>Keys of windows: short texts, equal for all spellings of the same name or address.</summary>
public static class QuotaKeys
{
    /// <summary>The key of quotas that are counted for the whole platform.</summary>
    public const string Platform = "*";

    // Longer than any stored name; further characters are ignored.
    private const int MaxNameLength = 320;

    /// <summary>The key of a user, a service account or a workspace.</summary>
    public static string Of(Guid id) => id.ToString("N");

    /// <summary>The key of a name or an email address. A hash, so that the table of counts has no personal data.</summary>
    public static string OfName(string name)
    {
        var cut = name.Trim();
        var key = NameKey.Of(cut[..Math.Min(cut.Length, MaxNameLength)]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
    }

    /// <summary>
    /// The IPv4 address, or the /64 of an IPv6 address, which usually belongs to one machine. Null for a text that is no address.
    /// </summary>
    public static string? OfAddress(string? address) => IPAddress.TryParse(address, out var parsed) ? OfAddress(parsed) : null;

    /// <inheritdoc cref="OfAddress(string?)"/>
    public static string? OfAddress(IPAddress? address) => address is null ? null : Block(address, bytesOfV4: 4, bytesOfV6: 8);

    /// <summary>The /24 of an IPv4 address, the /48 of an IPv6 address. Null for a text that is no address.</summary>
    public static string? OfNetwork(string? address)
        => IPAddress.TryParse(address, out var parsed) ? Block(parsed, bytesOfV4: 3, bytesOfV6: 6) : null;

    private static string Block(IPAddress address, int bytesOfV4, int bytesOfV6)
    {
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = address.GetAddressBytes();
        var length = address.AddressFamily is AddressFamily.InterNetwork ? bytesOfV4 : bytesOfV6;
        bytes.AsSpan(length).Clear();
        return $"{new IPAddress(bytes)}/{8 * length}";
    }
}

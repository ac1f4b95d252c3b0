using System.Net;

namespace Apc.ControlPlane.Api.Common.OutboundHttp;

/// <summary>
/// Which hosts and addresses may be called. Users register them, so they must not lead to this machine or its cloud's metadata.
/// </summary>
/// <remarks>
/// Private ranges are allowed, because data planes have them. Addresses are checked as they are connected to, never as texts:
/// <c>0x7f000001</c> and <c>①②⑦.⓪.⓪.①</c> mean this machine too.
/// </remarks>
public sealed class AddressRules(OutboundRules options, OwnAddresses own)
{
    // Refused whatever the options: this network, link-local, multicast and broadcast, and the addresses outside link-local at which clouds
    // give out credentials according to their documentation.
    private static readonly IPNetwork[] Refused =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"), // AWS with ECS and EKS Pod Identity, Azure, Google, Oracle, Scaleway, Tencent and many more
        IPNetwork.Parse("224.0.0.0/4"),
        IPNetwork.Parse("255.255.255.255/32"),
        IPNetwork.Parse("100.100.100.200/32"), // Alibaba
        IPNetwork.Parse("100.96.0.96/32"), // Volcengine
        IPNetwork.Parse("168.63.129.16/32"), // Azure's wire server
        IPNetwork.Parse("192.0.0.192/32"), // Oracle, classic
        IPNetwork.Parse("::/128"),
        IPNetwork.Parse("fe80::/10"),
        IPNetwork.Parse("ff00::/8"),
        IPNetwork.Parse("fd00:ec2::/32"), // AWS: ::254 metadata, ::23 EKS Pod Identity
        IPNetwork.Parse("fd20:ce::254/128"), // Google
        IPNetwork.Parse("fd00:42::42/128"), // Scaleway
        IPNetwork.Parse("fd00:c1::a9fe:a9fe/128"), // Oracle
        IPNetwork.Parse("fd00:a9fe:a9fe::1/128"), // Linode
    ];

    private readonly IPNetwork[] _networks = [.. options.AllowedNetworks.Select(text => IPNetwork.Parse(text))];
    private readonly string[] _hosts = [.. options.AllowedHosts.Select(host => host.Trim('.'))];

    /// <summary>Why the scheme or the host may not be called, whatever its IP address: a sentence; null if it may.</summary>
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

    /// <summary>Why this IP address may not be connected to: a sentence; null if it may.</summary>
    public string? WhyNot(IPAddress address)
    {
        // Without its scope (%eth0), which would keep networks from matching.
        var plain = new IPAddress(address.GetAddressBytes());
        var embedded = EmbeddedAddresses.Of(plain);

        if (IsNeverCalled(plain) || embedded.Any(IsNeverCalled))
        {
            return "The host leads to an address that is never a data plane: unspecified, link-local, multicast or cloud metadata.";
        }

        if (!options.AllowLoopback && (IsOwn(plain) || embedded.Any(IsOwn)))
        {
            return "The host leads to the control plane's own machine, and DataPlanes:AllowLoopback is off.";
        }

        return _networks.Length == 0 || IsAllowed(plain) || (embedded.Count > 0 && embedded.All(IsAllowed))
            ? null
            : "The host leads to an address outside DataPlanes:AllowedNetworks.";
    }

    private static bool IsNeverCalled(IPAddress address) => Refused.Any(network => network.Contains(address));

    private bool IsOwn(IPAddress address) => IPAddress.IsLoopback(address) || own.Contains(address);

    private bool IsAllowed(IPAddress address) => _networks.Any(network => network.Contains(address));

    private static bool IsAtOrBelow(string host, string allowed)
        => host.Equals(allowed, StringComparison.OrdinalIgnoreCase)
            || (host.Length > allowed.Length
                && host[host.Length - allowed.Length - 1] == '.'
                && host.EndsWith(allowed, StringComparison.OrdinalIgnoreCase));
}

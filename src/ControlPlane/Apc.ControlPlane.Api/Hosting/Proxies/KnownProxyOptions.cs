using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Apc.ControlPlane.Api.Hosting.Proxies;

/// <summary>The proxies in front of this service. Only their <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are trusted.</summary>
public sealed class KnownProxyOptions : IValidatableObject
{
    public const string Section = "ForwardedHeaders";

    private static readonly IPNetwork[] Loopback = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];

    /// <summary>
    /// Networks of proxies, in CIDR notation such as <c>10.0.0.0/8</c>. None unless set: then no header is trusted, or only those from this
    /// machine if <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c> is <c>true</c>.
    /// </summary>
    public IReadOnlyList<string> KnownNetworks { get; init; } = [];

    /// <summary>Addresses of single proxies, in addition to <see cref="KnownNetworks"/>.</summary>
    public IReadOnlyList<string> KnownProxies { get; init; } = [];

    /// <summary>Whether a proxy is named.</summary>
    public bool IsSet() => KnownNetworks.Count + KnownProxies.Count > 0;

    /// <summary>The networks whose headers are trusted, if headers are read at all.</summary>
    public IEnumerable<IPNetwork> Trusted() => IsSet()
        ?
        [
            .. KnownNetworks.Select(text => ParseNetwork(text)!.Value),
            .. KnownProxies.Select(text => ParseAddress(text)!).Select(a => new IPNetwork(a, 8 * a.GetAddressBytes().Length)),
        ]
        : Loopback;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        => KnownNetworks.Where(text => ParseNetwork(text) is null)
            .Select(text => $"{Section}:{nameof(KnownNetworks)}: '{text}' is no network; allowed is CIDR notation such as 10.0.0.0/8 "
                + "or fd00::/8, with a prefix of 1 bit or more and zeros behind it.")
            .Concat(KnownProxies.Where(text => ParseAddress(text) is null)
                .Select(text => $"{Section}:{nameof(KnownProxies)}: '{text}' is no address; allowed is one such as 10.0.0.1 or fd00::1."))
            .Select(problem => new ValidationResult(problem));

    // Only the usual form of an address: 10.1, 0x0a000001 and 012.0.0.1 are read in several ways, and an IPv4-mapped address must be
    // written as IPv4.
    private static IPAddress? ParseAddress(string text)
        => IPAddress.TryParse(text, out var address)
            && !address.IsIPv4MappedToIPv6
            && (text.Contains(':', StringComparison.Ordinal) ? !text.AsSpan().ContainsAny("%[]") : address.ToString() == text)
            ? address
            : null;

    private static IPNetwork? ParseNetwork(string text)
        => text.Split('/') is [var address, [>= '1' and <= '9', ..] length]
            && length.All(char.IsAsciiDigit)
            && ParseAddress(address) is { } first
            && IPNetwork.TryParse(text, out var network)
            && network.BaseAddress.Equals(first)
            ? network
            : null;
}

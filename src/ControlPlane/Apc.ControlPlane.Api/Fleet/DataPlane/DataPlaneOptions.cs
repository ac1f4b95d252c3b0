using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using Apc.ControlPlane.Api.Common.OutboundHttp;
using Apc.ControlPlane.Api.Common.Settings;

namespace Apc.ControlPlane.Api.Fleet.DataPlane;

/// <summary>How data planes are called, and which addresses may be called at all.</summary>
public sealed class DataPlaneOptions : IValidatableObject
{
    public const string Section = "DataPlanes";

    /// <summary>Whether <c>http</c> addresses may be registered and called. Off unless set: only <c>https</c>.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>
    /// Whether addresses of this machine (127.0.0.0/8, ::1, its interfaces) may be called, for demos and tests. Off unless set.
    /// </summary>
    public bool AllowLoopback { get; init; }

    /// <summary>
    /// Networks in CIDR notation; if any is given, only addresses in them are called. Addresses that are never called, such as cloud
    /// metadata, stay refused inside them. None unless set.
    /// </summary>
    public IReadOnlyList<string> AllowedNetworks { get; init; } = [];

    /// <summary>Names such as <c>example.com</c>; if any is given, only they and hosts below them are called. None unless set.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>A PEM file with authorities to trust besides those of the system, read again when it changes; none unless set.</summary>
    public string? TrustedAuthorities { get; init; }

    /// <summary>Probes at the same time that may answer at any moment. 1 to 4096; 256 unless set.</summary>
    [Range(1, 4096)]
    public int MaxParallel { get; init; } = 256;

    /// <summary>Further probes at the same time, those that are slow or tried again. 1 to 65536; 2048 unless set.</summary>
    [Range(1, 65536)]
    public int MaxSlow { get; init; } = 2048;

    /// <summary>
    /// The latest moment at which a probe without an answer moves to a slow slot; sooner if answers usually take far less. 10 ms to 1
    /// minute; 500 ms unless set.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan SlowAfter { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Time allowed to connect, name lookup and TLS included. 10 ms to 1 minute; 2 seconds unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Time allowed for one attempt, at least <see cref="ConnectTimeout"/>. 10 ms to 1 minute; 5 seconds unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Time allowed for all attempts and pauses, at least <see cref="AttemptTimeout"/>. 10 ms to 5 minutes; 12 s unless set.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00")]
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>The options that hold for every outbound call.</summary>
    public OutboundRules Rules() => new()
    {
        AllowHttp = AllowHttp,
        AllowLoopback = AllowLoopback,
        AllowedNetworks = AllowedNetworks,
        AllowedHosts = AllowedHosts,
        TrustedAuthorities = TrustedAuthorities,
        ConnectTimeout = ConnectTimeout,
    };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ConnectTimeout > AttemptTimeout)
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(ConnectTimeout)} ({ConnectTimeout}) is longer than {nameof(AttemptTimeout)} ({AttemptTimeout}).");
        }

        if (AttemptTimeout > TotalTimeout)
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(AttemptTimeout)} ({AttemptTimeout}) is longer than {nameof(TotalTimeout)} ({TotalTimeout}).");
        }

        foreach (var network in AllowedNetworks.Where(network => WhyNoNetwork(network) is not null))
        {
            yield return new ValidationResult($"{Section}:{nameof(AllowedNetworks)}: '{network}' {WhyNoNetwork(network)}");
        }

        foreach (var host in AllowedHosts.Where(host => !SettingText.IsHost(host.StartsWith('.') ? host[1..] : host)))
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(AllowedHosts)}: '{host}' is no host; allowed is a name such as example.com.");
        }

        if (TrustedAuthorities is not null && !File.Exists(TrustedAuthorities))
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(TrustedAuthorities)}: there is no file '{TrustedAuthorities}'; allowed is the path of a PEM file.");
        }
        else if (TrustedAuthorities is not null && SettingText.WhyNotCertificates(TrustedAuthorities) is { } why)
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(TrustedAuthorities)}: the file '{TrustedAuthorities}' {why}; allowed is the path of a PEM file.");
        }
    }

    /// <summary>The rest of the message; null for a network: four numbers or IPv6, the length of the prefix, no bits beyond it.</summary>
    private static string? WhyNoNetwork(string text)
    {
        const string Nothing = "is no network; allowed is CIDR notation such as 10.0.0.0/8.";

        if (text.Split('/') is not [var first, var length]
            || !SettingText.IsAddress(first)
            || !IPAddress.TryParse(first, out var address)
            || !int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var prefix)
            || prefix > address.GetAddressBytes().Length * 8
            || length.Length > 1 && length[0] == '0'
            || address.IsIPv4MappedToIPv6)
        {
            return Nothing;
        }

        var network = BaseOf(address, prefix);
        return network.Equals(address) ? null : $"has bits beyond its prefix; the network is {network}/{prefix}.";
    }

    private static IPAddress BaseOf(IPAddress address, int prefix)
    {
        var bytes = address.GetAddressBytes();

        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(prefix - (8 * i), 0, 8);
            bytes[i] &= (byte)(0xFF << (8 - kept));
        }

        return new IPAddress(bytes);
    }
}

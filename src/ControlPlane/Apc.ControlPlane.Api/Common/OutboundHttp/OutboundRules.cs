namespace Apc.ControlPlane.Api.Common.OutboundHttp;

/// <summary>The PEM file with authorities that the host trusts besides those of the system for all its calls; null for none.</summary>
public sealed record TrustedAuthorities(string? Path);

/// <summary>Which addresses may be called, and which authorities are trusted.</summary>
public sealed record OutboundRules
{
    /// <summary>Whether <c>http</c> may be used, not only <c>https</c>.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>Whether addresses of this machine may be called.</summary>
    public bool AllowLoopback { get; init; }

    /// <summary>Networks in CIDR notation; if any is given, only addresses in them are called.</summary>
    public IReadOnlyList<string> AllowedNetworks { get; init; } = [];

    /// <summary>Names; if any is given, only these hosts and those below them are called.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>A PEM file with authorities that are trusted besides those of the system; null for none.</summary>
    public string? TrustedAuthorities { get; init; }

    /// <summary>Time allowed to connect, name lookup and TLS included.</summary>
    public required TimeSpan ConnectTimeout { get; init; }
}

namespace Apc.ControlPlane.Api.Common.OutboundHttp;

/// <summary>The PEM file with authorities that are trusted besides those of the system, wherever the host calls; null for none.</summary>
public sealed record TrustedAuthorities(string? Path);

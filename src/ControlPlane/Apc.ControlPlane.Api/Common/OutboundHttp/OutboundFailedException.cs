using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Common.OutboundHttp;

/// <summary>Carries a cause out of the depths of a connection, where only exceptions get through.</summary>
public sealed class OutboundFailedException(ProbeCode code, string? what = null, Exception? inner = null) : IOException(what, inner)
{
    public ProbeOutcome Outcome { get; } = ProbeOutcome.Failed(code, what);
}

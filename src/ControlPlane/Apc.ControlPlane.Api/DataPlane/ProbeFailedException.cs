using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.DataPlane;

/// <summary>Carries a cause out of the depths of a connection, where only exceptions get through; <see cref="ProbeFailures"/> reads it.</summary>
public sealed class ProbeFailedException(ProbeCode code, string? what = null, Exception? inner = null) : IOException(what, inner)
{
    public ProbeOutcome Outcome { get; } = ProbeOutcome.Failed(code, what);
}

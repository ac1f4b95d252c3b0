namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>Ends the reading of an answer; <see cref="MetadataReader"/> turns it into the outcome.</summary>
internal sealed class RefusedPayloadException(ProbeCode code, string what) : Exception(what)
{
    public ProbeCode Code { get; } = code;
}

namespace Apc.ControlPlane.Api.Auditing;

/// <summary>A field of the schema that changes something, while it runs.</summary>
/// <param name="Field">The field.</param>
/// <param name="Variables">Its allow-listed arguments, a JSON object in UTF-8.</param>
/// <param name="StartedAt">When it began, as a timestamp of the clock.</param>
public sealed record AuditedCall(AuditedField Field, byte[] Variables, long StartedAt)
{
    /// <summary>Whether something that it changed is committed, whatever becomes of the rest.</summary>
    public bool HasChanged { get; set; }
}

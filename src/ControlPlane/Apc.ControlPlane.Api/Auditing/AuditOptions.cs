namespace Apc.ControlPlane.Api.Auditing;

/// <summary>How the audit trail is written.</summary>
public sealed class AuditOptions
{
    public const string Section = "Houston:Audit";

    /// <summary>Whether each event is also written as a line on standard output. On unless set; the table is always written.</summary>
    public bool Lines { get; init; } = true;
}

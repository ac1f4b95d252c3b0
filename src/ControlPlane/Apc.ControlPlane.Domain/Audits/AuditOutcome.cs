namespace Apc.ControlPlane.Domain.Audits;

/// <summary>What became of an audited operation.</summary>
public enum AuditOutcome
{
    /// <summary>It was done.</summary>
    Success,

    /// <summary>It was refused, or failed on the way.</summary>
    Failure,
}

using System.Diagnostics.Metrics;

namespace Apc.ControlPlane.Api.Auditing;

/// <summary>Metrics of the audit trail: whether it is complete.</summary>
public sealed class AuditMetrics(IMeterFactory meters)
{
    public const string MeterName = "Apc.ControlPlane.Audit";

    private readonly Counter<long> _lostRows = meters.Create(MeterName).CreateCounter<long>(
        "apc.audit.lost_rows", "{row}", "Rows of failed operations that were not stored, by why: queue or database.");

    /// <param name="why">queue: too many were waiting. database: it did not take them.</param>
    public void LostRows(int rows, string why) => _lostRows.Add(rows, new KeyValuePair<string, object?>("why", why));
}

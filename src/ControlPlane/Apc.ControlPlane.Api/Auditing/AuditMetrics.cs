using System.Diagnostics.Metrics;

namespace Apc.ControlPlane.Api.Auditing;

/// <summary>What operators can measure of the audit trail: above all, whether it is whole.</summary>
public sealed class AuditMetrics
{
    public const string MeterName = "Apc.ControlPlane.Audit";

    private readonly Counter<long> _lostRows;

    public AuditMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _lostRows = meter.CreateCounter<long>(
            "apc.audit.lost_rows", "{row}", "Rows of failed operations that were not stored, by why: queue or database.");
    }

    /// <param name="rows">How many.</param>
    /// <param name="why">queue: too many were waiting. database: it did not take them.</param>
    public void LostRows(int rows, string why) => _lostRows.Add(rows, new KeyValuePair<string, object?>("why", why));
}

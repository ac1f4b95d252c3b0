using System.Diagnostics.Metrics;

namespace Apc.ControlPlane.Api.Access.Quotas;

/// <summary>Metrics of quotas.</summary>
public sealed class QuotaMetrics(IMeterFactory meters)
{
    public const string MeterName = "Apc.ControlPlane.Quotas";

    private readonly Counter<long> _refusals = meters.Create(MeterName).CreateCounter<long>(
        "apc.quota.refusals", "{refusal}", "What was refused because a quota was used up, by the quota's name.");

    public void Refused(Quota quota) => _refusals.Add(1, new KeyValuePair<string, object?>("quota", quota.Name));
}

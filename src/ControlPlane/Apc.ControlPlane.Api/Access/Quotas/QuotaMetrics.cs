using System.Diagnostics.Metrics;

namespace Apc.ControlPlane.Api.Access.Quotas;

/// <summary>What operators can measure of quotas.</summary>
public sealed class QuotaMetrics
{
    public const string MeterName = "Apc.ControlPlane.Quotas";

    private readonly Counter<long> _refusals;

    public QuotaMetrics(IMeterFactory meters)
        => _refusals = meters.Create(MeterName).CreateCounter<long>("apc.quota.refusals", "{refusal}", "What was refused because a quota was used up, by the quota's name.");

    /// <summary>Something was refused.</summary>
    public void Refused(Quota quota) => _refusals.Add(1, new KeyValuePair<string, object?>("quota", quota.Name));
}

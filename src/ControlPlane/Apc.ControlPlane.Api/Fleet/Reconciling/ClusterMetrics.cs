using System.Diagnostics;
using System.Diagnostics.Metrics;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Fleet.Reconciling;

/// <summary>The metrics of probes, status changes and sweeps.</summary>
public sealed class ClusterMetrics
{
    public const string MeterName = "Apc.ControlPlane.Clusters";

    private readonly Counter<long> _probes;
    private readonly Histogram<double> _probeDuration;
    private readonly Counter<long> _transitions;
    private readonly Counter<long> _sweeps;
    private readonly Histogram<double> _sweepDuration;
    private readonly Gauge<int> _suspect;
    private readonly Gauge<int> _overdue;

    public ClusterMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _probes = meter.CreateCounter<long>("apc.cluster.probes", "{probe}", "Probes of data planes that ended, by the code they came to.");
        _probeDuration = meter.CreateHistogram<double>(
            "apc.cluster.probe.duration", "s", "Time from the start of a probe to its outcome, retries included.");
        _transitions = meter.CreateCounter<long>(
            "apc.cluster.transitions", "{transition}", "Changes of a cluster's status, by the new status and what made it change.");
        _sweeps = meter.CreateCounter<long>("apc.cluster.sweeps", "{sweep}", "Sweeps that this replica ended, by how they ended.");
        _sweepDuration = meter.CreateHistogram<double>("apc.cluster.sweep.duration", "s", "Time that this replica spent on a sweep.");
        _suspect = meter.CreateGauge<int>(
            "apc.cluster.sweep.suspect", "{sweep}", "1 where the control plane looked cut off in the last sweep of this replica, else 0.");
        _overdue = meter.CreateGauge<int>(
            "apc.sweep.overdue", "{sweep}", "1 where a sweep is overdue by two periods of its schedule, else 0.");
    }

    public void Overdue(bool isOverdue) => _overdue.Record(isOverdue ? 1 : 0);

    public void Probed(ProbeCode code, TimeSpan duration)
    {
        _probes.Add(1, new KeyValuePair<string, object?>("code", code.Text().Name));
        _probeDuration.Record(duration.TotalSeconds);
    }

    public void Changed(ClusterStatus to, StatusCause cause)
        => _transitions.Add(1, new TagList { { "to", EnumTexts.Of(to) }, { "cause", EnumTexts.Of(cause) } });

    public void Swept(ClusterSyncOutcome outcome, TimeSpan duration, bool suspect)
    {
        _sweeps.Add(1, new KeyValuePair<string, object?>("outcome", EnumTexts.Of(outcome)));
        _sweepDuration.Record(duration.TotalSeconds);
        _suspect.Record(suspect ? 1 : 0);
    }
}

using System.Diagnostics.Metrics;
using System.Globalization;
using Apc.ControlPlane.Api.Fleet.Reconciling;
using Apc.ControlPlane.Domain.Clusters;
using Microsoft.Extensions.DependencyInjection;

namespace Apc.ControlPlane.Api.Tests.Fleet.Reconciling;

public class ClusterMetricsTests
{
    [Fact]
    public void Tells_operators_what_happened()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        var measured = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Scope == factory)
                {
                    Assert.NotNull(instrument.Unit);
                    Assert.EndsWith(".", instrument.Description, StringComparison.Ordinal);
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>(Note);
        listener.SetMeasurementEventCallback<double>(Note);
        listener.SetMeasurementEventCallback<int>(Note);
        listener.Start();
        var metrics = new ClusterMetrics(factory);

        metrics.Probed(ProbeCode.TlsExpired, TimeSpan.FromSeconds(0.25));
        metrics.Changed(ClusterStatus.Inactive, StatusCause.Schedule);
        metrics.Swept(ClusterSyncOutcome.Completed, TimeSpan.FromSeconds(2), suspect: true);
        metrics.Overdue(true);

        Assert.Equal(
            [
                "apc.cluster.probes 1 code=TLS_EXPIRED",
                "apc.cluster.probe.duration 0.25",
                "apc.cluster.transitions 1 to=INACTIVE cause=SCHEDULE",
                "apc.cluster.sweeps 1 outcome=COMPLETED",
                "apc.cluster.sweep.duration 2",
                "apc.cluster.sweep.suspect 1",
                "apc.sweep.overdue 1",
            ],
            measured);

        void Note<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
            where T : struct
            => measured.Add(string.Join(
                ' ', [instrument.Name, string.Create(CultureInfo.InvariantCulture, $"{value}"), .. tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")]));
    }
}

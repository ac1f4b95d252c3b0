using System.Diagnostics.Metrics;

namespace Apc.ControlPlane.Api.Common.Observability;

/// <summary>What operators can measure of lines that were lost.</summary>
public sealed class OutputMetrics
{
    public const string MeterName = "Apc.ControlPlane.Output";

    public OutputMetrics(IMeterFactory meters, OutputQueue output)
        => meters.Create(MeterName).CreateObservableCounter(
            "apc.log.lines.dropped",
            () => new Measurement<long>[]
            {
                new(output.LostOfLog, new KeyValuePair<string, object?>("kind", "log")),
                new(output.LostOfAudit, new KeyValuePair<string, object?>("kind", "audit")),
            },
            "{line}",
            "Lines that no output took, by kind: log, or audit, whose rows were stored.");
}

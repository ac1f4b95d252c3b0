using System.Collections.Concurrent;
using Apc.ControlPlane.Api.DataPlane;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Features.Clusters.Reconciling;

/// <summary>Probes clusters. Who asks for one that is being probed already shares that probe.</summary>
public sealed class ClusterProber(DataPlaneClient dataPlanes, ClusterMetrics metrics, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<Guid, Task<ProbeOutcome>> _underWay = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>The probe of this cluster that is under way; null where there is none.</summary>
    public Task<ProbeOutcome>? UnderWay(ProbeTarget target) => _underWay.GetValueOrDefault(target.Id);

    /// <summary>
    /// Waits for a place to probe in. Whoever starts many probes waits here before each, so that others get theirs in between.
    /// </summary>
    public ValueTask<ProbeSlot> EnterAsync(ProbeTarget target, CancellationToken cancellationToken)
        => target.FailedLastTime ? dataPlanes.Slots.EnterSlowAsync(cancellationToken) : dataPlanes.Slots.EnterAsync(cancellationToken);

    /// <summary>
    /// Probes the cluster, unless somebody began meanwhile. Nobody ends it who waits for it: others may, too, and its time is bounded.
    /// </summary>
    /// <param name="target">The cluster.</param>
    /// <param name="slot">The place, given up when the probe ends.</param>
    public Task<ProbeOutcome> StartAsync(ProbeTarget target, ProbeSlot slot)
    {
        var own = new TaskCompletionSource<ProbeOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var shared = _underWay.GetOrAdd(target.Id, own.Task);

        if (ReferenceEquals(shared, own.Task))
        {
            _ = RunAsync(target, slot, own);
        }
        else
        {
            slot.Dispose();
        }

        return shared;
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task RunAsync(ProbeTarget target, ProbeSlot slot, TaskCompletionSource<ProbeOutcome> result)
    {
        try
        {
            var started = clock.GetTimestamp();
            var outcome = await dataPlanes.GetMetadataAsync(target.MetadataUrl, slot, _stopping.Token);
            slot.Dispose();
            metrics.Probed(outcome.Code, clock.GetElapsedTime(started));

            // Out of the list first: whoever asks from now on wants to know what is true from now on.
            _underWay.TryRemove(target.Id, out _);
            result.SetResult(outcome);
        }
        catch (Exception e)
        {
            // Whoever waits gets it: the edge of a task that nobody awaits.
            slot.Dispose();
            _underWay.TryRemove(target.Id, out _);
            result.SetException(e);
        }
    }
}

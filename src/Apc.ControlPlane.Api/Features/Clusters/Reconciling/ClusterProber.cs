using System.Collections.Concurrent;
using Apc.ControlPlane.Api.DataPlane;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Features.Clusters.Reconciling;

/// <summary>Probes clusters. Who asks for one that is being probed already shares that probe.</summary>
public sealed class ClusterProber(DataPlaneClient dataPlanes, ClusterMetrics metrics, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<Guid, Task<ProbeOutcome>> _underWay = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>What the cluster's data plane answers now, for this cluster.</summary>
    /// <param name="target">The cluster.</param>
    /// <param name="cancellationToken">Ends the wait, never the probe: others may share it, and its time is bounded.</param>
    public async Task<ProbeOutcome> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken)
    {
        var own = new TaskCompletionSource<ProbeOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var shared = _underWay.GetOrAdd(target.Id, own.Task);

        if (ReferenceEquals(shared, own.Task))
        {
            _ = RunAsync(target, own);
        }

        return (await shared.WaitAsync(cancellationToken)).For(target.BaseDomain);
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task RunAsync(ProbeTarget target, TaskCompletionSource<ProbeOutcome> result)
    {
        try
        {
            using var slot = target.FailedLastTime
                ? await dataPlanes.Slots.EnterSlowAsync(_stopping.Token)
                : await dataPlanes.Slots.EnterAsync(_stopping.Token);
            var started = clock.GetTimestamp();
            var outcome = await dataPlanes.GetMetadataAsync(target.MetadataUrl, slot, _stopping.Token);
            metrics.Probed(outcome.Code, clock.GetElapsedTime(started));

            // Out of the list first: whoever asks from now on wants to know what is true from now on.
            _underWay.TryRemove(target.Id, out _);
            result.SetResult(outcome);
        }
        catch (Exception e)
        {
            // Whoever waits gets it: the edge of a task that nobody awaits.
            _underWay.TryRemove(target.Id, out _);
            result.SetException(e);
        }
    }
}

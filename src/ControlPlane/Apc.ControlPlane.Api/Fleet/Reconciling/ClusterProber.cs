using Apc.ControlPlane.Api.Fleet.DataPlane;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Fleet.Reconciling;

/// <summary>
/// Probes clusters. Who asks for one shares the next probe of it that begins, and never one that began before: an answer is not older than
/// the question. Of each cluster one probe runs at most, and one waits.
/// </summary>
public sealed class ClusterProber(DataPlaneClient dataPlanes, ProbeOrder order, ClusterMetrics metrics, TimeProvider clock) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, SharedProbe> _underWay = [];
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>
    /// The probe that whoever asked for this cluster may share, now under way or next in line; null where there is none, and one is to be
    /// started in a place that was waited for.
    /// </summary>
    public Task<ProbeOutcome>? Join(ProbeTarget target)
    {
        lock (_lock)
        {
            if (!_underWay.TryGetValue(target.Id, out var probe))
            {
                return null;
            }

            if (probe.BeganAt is { } began && began < target.AskedAt)
            {
                probe = probe.Next ??= new SharedProbe(target);
            }

            return probe.Result.Task;
        }
    }

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
        lock (_lock)
        {
            if (Join(target) is { } shared)
            {
                slot.Dispose();
                return shared;
            }

            var probe = new SharedProbe(target) { BeganAt = order.Next() };
            _underWay.Add(target.Id, probe);
            _ = RunAsync(probe, slot);
            return probe.Result.Task;
        }
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    /// <summary>Runs a probe, and those that were asked for while one ran.</summary>
    private async Task RunAsync(SharedProbe first, ProbeSlot firstSlot)
    {
        // Started under the lock: the request is made outside it.
        await Task.Yield();
        ProbeSlot? slot = firstSlot;

        for (SharedProbe? probe = first, next; probe is not null; probe = next, slot = null)
        {
            try
            {
                var outcome = await RunAsync(probe, slot, _stopping.Token);

                // Out of the list first: whoever asks from now on wants to know what is true from now on.
                next = Leave(probe);
                probe.Result.SetResult(outcome);
            }
            catch (Exception e)
            {
                // Whoever waits gets it: the edge of a task that nobody awaits.
                next = Leave(probe);
                probe.Result.SetException(e);
            }
        }
    }

    private async Task<ProbeOutcome> RunAsync(SharedProbe probe, ProbeSlot? entered, CancellationToken cancellationToken)
    {
        using var slot = entered ?? await EnterAsync(probe.Target, cancellationToken);

        lock (_lock)
        {
            probe.BeganAt ??= order.Next();
        }

        var started = clock.GetTimestamp();
        var outcome = await dataPlanes.GetMetadataAsync(probe.Target.MetadataUrl, slot, cancellationToken);
        metrics.Probed(outcome.Code, clock.GetElapsedTime(started));
        return outcome;
    }

    /// <summary>Takes a probe out of the list, and puts the one in its place that waited for it.</summary>
    private SharedProbe? Leave(SharedProbe probe)
    {
        lock (_lock)
        {
            if (probe.Next is { } next)
            {
                _underWay[probe.Target.Id] = next;
            }
            else
            {
                _underWay.Remove(probe.Target.Id);
            }

            return probe.Next;
        }
    }

    private sealed class SharedProbe(ProbeTarget target)
    {
        public ProbeTarget Target => target;

        public TaskCompletionSource<ProbeOutcome> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Null while it waits.</summary>
        public long? BeganAt { get; set; }

        /// <summary>For those who asked after this one began.</summary>
        public SharedProbe? Next { get; set; }
    }
}

/// <summary>Numbers the moments at which clusters were asked for and probes began in this replica, so that no clock is needed to compare them.</summary>
public sealed class ProbeOrder
{
    private long _last;

    public long Last => Volatile.Read(ref _last);

    public long Next() => Interlocked.Increment(ref _last);
}

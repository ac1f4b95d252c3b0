using Apc.ControlPlane.Api.Fleet.DataPlane;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Fleet.Reconciling;

/// <summary>
/// Probes clusters. A request for a probe shares the next probe of the cluster that begins, never one that began before it: an answer is
/// not older than the question. Of each cluster at most one probe runs and one waits.
/// </summary>
public sealed class ClusterProber(DataPlaneClient dataPlanes, ProbeOrder order, ClusterMetrics metrics, TimeProvider clock) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, SharedProbe> _underWay = [];
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>The probe that this request may share, under way or waiting; null if there is none: then start one.</summary>
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

    /// <summary>Waits for a slot. A caller of many probes waits before each, so that other callers get slots in between.</summary>
    public ValueTask<ProbeSlot> EnterAsync(ProbeTarget target, CancellationToken cancellationToken)
        => target.FailedLastTime ? dataPlanes.Slots.EnterSlowAsync(cancellationToken) : dataPlanes.Slots.EnterAsync(cancellationToken);

    /// <summary>Probes the cluster, unless a probe has begun in the meantime. It is not cancelled, because others may share it.</summary>
    /// <param name="slot">The slot, released when the probe ends.</param>
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

    /// <summary>Runs a probe, then those that were requested while one ran.</summary>
    private async Task RunAsync(SharedProbe first, ProbeSlot firstSlot)
    {
        // The caller holds the lock; the request is made outside it.
        await Task.Yield();
        ProbeSlot? slot = firstSlot;

        for (SharedProbe? probe = first, next; probe is not null; probe = next, slot = null)
        {
            try
            {
                var outcome = await RunAsync(probe, slot, _stopping.Token);

                // Out of the list first: a request from now on needs a newer answer.
                next = Leave(probe);
                probe.Result.SetResult(outcome);
            }
            catch (Exception e)
            {
                // Nothing awaits this task: those who wait for the probe get the exception.
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

    /// <summary>Replaces a probe in the list by the one that waited for it, and returns that one; null if none waited.</summary>
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

        /// <summary>The probe for requests that came after this one began; null if there were none.</summary>
        public SharedProbe? Next { get; set; }
    }
}

/// <summary>Numbers requests for probes and beginnings of probes in this replica, so that no clock is needed to order them.</summary>
public sealed class ProbeOrder
{
    private long _last;

    public long Last => Volatile.Read(ref _last);

    public long Next() => Interlocked.Increment(ref _last);
}

using System.Threading.Channels;
using Apc.ControlPlane.Api.Fleet.Clusters;
using Apc.ControlPlane.Api.Fleet.Sweeps;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain.Clusters;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Fleet.Subscriptions;

/// <summary>A receiver of changes from the feed of this replica.</summary>
public abstract class FeedSubscriber
{
    /// <summary>Ends the subscription with this error.</summary>
    public abstract void End(Exception error);
}

/// <summary>A subscriber to changes of status.</summary>
public sealed class StatusSubscriber(StatusFilter filter, ClusterColumns columns, int maxPending, TimeProvider clock) : FeedSubscriber
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private TimeSpan _patience = Patience;

    public Inbox<ClusterStatusChange> Inbox { get; } = new(maxPending, keepsNewest: false);

    /// <summary>The columns of the clusters that the subscriber needs.</summary>
    public ClusterColumns Columns { get; } = columns;

    /// <summary>
    /// Delivers a change that passes the filter. If the inbox is full, the feed waits, so that a burst does not cut off a subscriber who
    /// keeps reading. It waits no longer than a second in all until the subscriber has read half of the inbox, because the other
    /// subscribers wait too; then the subscription ends with an error.
    /// </summary>
    public ValueTask TellAsync(ClusterStatusChange change, CancellationToken cancellationToken)
    {
        if (!filter.Matches(change))
        {
            return ValueTask.CompletedTask;
        }

        if (Inbox.Count <= Inbox.Capacity / 2)
        {
            _patience = Patience;
        }

        return Inbox.TryPut(change) ? ValueTask.CompletedTask : new(WaitAsync(change, cancellationToken));
    }

    public override void End(Exception error) => Inbox.End(error);

    private async Task WaitAsync(ClusterStatusChange change, CancellationToken cancellationToken)
    {
        var begun = clock.GetTimestamp();
        using var limit = new CancellationTokenSource(_patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);

        try
        {
            while (await Inbox.WaitForRoomAsync(both.Token))
            {
                if (Inbox.TryPut(change))
                {
                    var left = _patience - clock.GetElapsedTime(begun);
                    _patience = left > TimeSpan.Zero ? left : TimeSpan.Zero;
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            Inbox.End(new SubscriptionFellBehindException(Inbox.Capacity));
        }
    }
}

/// <summary>The changes that a subscriber asked for.</summary>
/// <param name="clusterIds">Only of these clusters; null for all.</param>
/// <param name="status">Only to this status; null for any.</param>
public sealed class StatusFilter(IEnumerable<Guid>? clusterIds, ClusterStatus? status)
{
    private readonly HashSet<Guid>? _clusterIds = clusterIds?.ToHashSet();

    public bool Matches(ClusterStatusChange change)
        => (status is null || change.Transition.To == status) && (_clusterIds is null || _clusterIds.Contains(change.ClusterId));
}

/// <summary>A change of a cluster's status, as subscribers receive it.</summary>
public sealed record ClusterStatusChange
{
    /// <summary>The cluster, as it was stored when the change was read; another change may have come since then.</summary>
    public required ClusterRow Cluster { get; init; }

    /// <summary>The change.</summary>
    public required StatusTransition Transition { get; init; }

    /// <summary>The cluster's id, also if the document does not select it.</summary>
    [GraphQLIgnore]
    public required Guid ClusterId { get; init; }
}

/// <summary>A subscriber to the progress of a sweep.</summary>
public sealed class RunSubscriber(Guid runId) : FeedSubscriber
{
    private readonly Lock _gate = new();
    private SyncRun? _shown;

    public Inbox<SyncRun> Inbox { get; } = new(capacity: 1, keepsNewest: true);

    public Guid RunId { get; } = runId;

    /// <summary>Delivers the state of the run, unless it is not new, or older than what was delivered before.</summary>
    public void Show(SyncRun run)
    {
        lock (_gate)
        {
            if (_shown is { } shown && (run == shown || IsOlder(run, shown)))
            {
                return;
            }

            _shown = run;
            Inbox.TryPut(run);

            if (run.Outcome is not ClusterSyncOutcome.Running)
            {
                Inbox.End();
            }
        }
    }

    public override void End(Exception error) => Inbox.End(error);

    /// <summary>Counts only grow, and an end is final.</summary>
    private static bool IsOlder(SyncRun run, SyncRun shown)
        => run.Successful + run.Failed < shown.Successful + shown.Failed || shown.Outcome is not ClusterSyncOutcome.Running;
}

/// <summary>The elements that wait for one subscriber, in bounded memory.</summary>
public sealed class Inbox<T>
{
    private readonly Channel<T> _waiting;
    private volatile bool _isEnded;

    /// <param name="capacity">Most elements that may wait.</param>
    /// <param name="keepsNewest">Whether a full inbox drops its oldest element for a new one; else it takes nothing more.</param>
    public Inbox(int capacity, bool keepsNewest)
    {
        Capacity = capacity;
        _waiting = Channel.CreateBounded<T>(new BoundedChannelOptions(capacity)
        {
            FullMode = keepsNewest ? BoundedChannelFullMode.DropOldest : BoundedChannelFullMode.Wait,
            SingleReader = true,
        });
    }

    /// <summary>Most elements that may wait.</summary>
    public int Capacity { get; }

    /// <summary>How many elements wait.</summary>
    public int Count => _waiting.Reader.Count;

    /// <summary>The elements that wait, then the error that the inbox ended with, if any.</summary>
    public ChannelReader<T> Reader => _waiting.Reader;

    /// <summary>False if there is no room, or the inbox has ended.</summary>
    public bool TryPut(T item) => _waiting.Writer.TryWrite(item);

    /// <summary>True once there is room; false if the inbox has ended.</summary>
    public async ValueTask<bool> WaitForRoomAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _waiting.Writer.WaitToWriteAsync(cancellationToken);
        }
        catch (Exception) when (_isEnded)
        {
            // The error that it ended with is for the reader.
            return false;
        }
    }

    /// <summary>Takes nothing more; the reader gets the error after the last element.</summary>
    public void End(Exception? error = null)
    {
        _isEnded = true;
        _waiting.Writer.TryComplete(error);
    }
}

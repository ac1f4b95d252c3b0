using System.Threading.Channels;
using Apc.ControlPlane.Api.Fleet.Clusters;
using Apc.ControlPlane.Api.Fleet.Sweeps;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain.Clusters;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Fleet.Subscriptions;

/// <summary>Somebody whom the feed of this replica tells of changes.</summary>
public abstract class FeedSubscriber
{
    /// <summary>Tells of nothing more, and why.</summary>
    public abstract void End(Exception error);
}

/// <summary>Somebody who is told of changes of status.</summary>
public sealed class StatusSubscriber(StatusFilter filter, ClusterColumns columns, int maxPending, TimeProvider clock) : FeedSubscriber
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private TimeSpan _patience = Patience;

    public Inbox<ClusterStatusChange> Inbox { get; } = new(maxPending, keepsNewest: false);

    /// <summary>What is to be read of the clusters.</summary>
    public ClusterColumns Columns { get; } = columns;

    /// <summary>
    /// Tells of a change, if it was asked for. Who leaves no room is waited for, so that a burst cuts off nobody who keeps reading; but in all no longer than a
    /// second until they have caught up with half of what waits, since the others wait too. Then they are ended.
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

/// <summary>Which changes a subscriber asked for.</summary>
/// <param name="clusterIds">Only of these clusters; null for all.</param>
/// <param name="status">Only to this status; null for any.</param>
public sealed class StatusFilter(IEnumerable<Guid>? clusterIds, ClusterStatus? status)
{
    private readonly HashSet<Guid>? _clusterIds = clusterIds?.ToHashSet();

    public bool Matches(ClusterStatusChange change)
        => (status is null || change.Transition.To == status) && (_clusterIds is null || _clusterIds.Contains(change.ClusterId));
}

/// <summary>A change of a cluster's status, as subscribers are told of it.</summary>
public sealed record ClusterStatusChange
{
    /// <summary>The cluster, as it was stored when the change was read; another change may have come since then.</summary>
    public required ClusterRow Cluster { get; init; }

    /// <summary>The change.</summary>
    public required StatusTransition Transition { get; init; }

    /// <summary>The cluster's id, whether or not anybody selects it.</summary>
    [GraphQLIgnore]
    public required Guid ClusterId { get; init; }
}

/// <summary>Somebody who is told how far a sweep has come.</summary>
public sealed class RunSubscriber(Guid runId) : FeedSubscriber
{
    private readonly Lock _gate = new();
    private SyncRun? _shown;

    public Inbox<SyncRun> Inbox { get; } = new(capacity: 1, keepsNewest: true);

    public Guid RunId { get; } = runId;

    /// <summary>Takes in the run as somebody has read it. What shows nothing new, or was read before what was shown already, is passed over.</summary>
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

/// <summary>What waits for one subscriber, in bounded memory.</summary>
public sealed class Inbox<T>
{
    private readonly Channel<T> _waiting;
    private volatile bool _isEnded;

    /// <param name="capacity">Most things that may wait.</param>
    /// <param name="keepsNewest">Whether a full inbox makes room for what is new by what is oldest; else it takes nothing more.</param>
    public Inbox(int capacity, bool keepsNewest)
    {
        Capacity = capacity;
        _waiting = Channel.CreateBounded<T>(new BoundedChannelOptions(capacity)
        {
            FullMode = keepsNewest ? BoundedChannelFullMode.DropOldest : BoundedChannelFullMode.Wait,
            SingleReader = true,
        });
    }

    /// <summary>Most things that may wait.</summary>
    public int Capacity { get; }

    /// <summary>How many wait.</summary>
    public int Count => _waiting.Reader.Count;

    /// <summary>Ends with what waits and then, where it did not end well, the error.</summary>
    public ChannelReader<T> Reader => _waiting.Reader;

    /// <summary>False where there is no room, or the inbox has ended.</summary>
    public bool TryPut(T item) => _waiting.Writer.TryWrite(item);

    /// <summary>True once there is room; false where the inbox has ended.</summary>
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

    /// <summary>Nothing more will come.</summary>
    public void End(Exception? error = null)
    {
        _isEnded = true;
        _waiting.Writer.TryComplete(error);
    }
}

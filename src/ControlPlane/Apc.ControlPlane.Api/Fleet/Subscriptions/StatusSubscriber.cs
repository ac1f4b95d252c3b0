using Apc.ControlPlane.Data.Sql;

namespace Apc.ControlPlane.Api.Fleet.Subscriptions;

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

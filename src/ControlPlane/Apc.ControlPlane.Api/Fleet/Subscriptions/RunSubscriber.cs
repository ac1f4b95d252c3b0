using Apc.ControlPlane.Api.Fleet.Sweeps;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Fleet.Subscriptions;

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

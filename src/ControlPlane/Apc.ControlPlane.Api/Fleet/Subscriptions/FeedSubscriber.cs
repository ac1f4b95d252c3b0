namespace Apc.ControlPlane.Api.Fleet.Subscriptions;

/// <summary>Somebody whom the feed of this replica tells of changes.</summary>
public abstract class FeedSubscriber
{
    /// <summary>Tells of nothing more, and why.</summary>
    public abstract void End(Exception error);
}

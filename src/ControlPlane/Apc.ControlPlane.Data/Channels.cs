namespace Apc.ControlPlane.Data;

/// <summary>What the database tells those who listen, in lower case so that statements need no quotes.</summary>
public static class Channels
{
    /// <summary>Events were written; the payload is the highest of their ids.</summary>
    public const string Events = "apc_events";

    /// <summary>A sweep has come further, or ended; the payload is its id.</summary>
    public const string SyncRuns = "apc_sync_runs";

    /// <summary>Somebody's access was changed; without payload.</summary>
    public const string Access = "apc_access";
}

using Apc.ControlPlane.Api.Fleet.Clusters;
using Apc.GraphQL.CodeFirst;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Fleet.Sweeps;

/// <summary>When the schedule checks a cluster next.</summary>
[ObjectType<ClusterRow>]
public static class ClusterNextCheckType
{
    /// <summary>When the schedule checks the data plane next; null if the schedule is off, or the cluster has no data plane URL.</summary>
    public static DateTimeOffset? GetNextCheckAt([Parent] ClusterRow cluster, NextSweep next)
        => cluster.DataplaneUrl is { Length: > 0 } ? next.At() : null;
}

/// <summary>The next tick of the schedule.</summary>
public sealed class NextSweep(IOptions<SyncDataplaneClustersOptions> options, TimeProvider clock)
{
    /// <summary>Null if the schedule is off.</summary>
    public DateTimeOffset? At() => options.Value.Parsed?.Cron.GetNextValidTimeAfter(clock.GetUtcNow());
}

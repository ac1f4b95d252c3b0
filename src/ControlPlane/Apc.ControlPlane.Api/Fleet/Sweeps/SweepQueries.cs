using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Paging;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;
using Apc.GraphQL.CodeFirst;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Fleet.Sweeps;

[QueryType]
public static class SweepQueries
{
    /// <summary>The scheduled runs over all clusters, newest first.</summary>
    /// <param name="take">How many, 1 to 100; -1 for as many as there may be.</param>
    [Audited("clusterSyncRun.read")]
    [RequiresPermission(Permissions.ClustersGet)]
    public static async Task<IReadOnlyList<SyncRun>?> GetClusterSyncRunsAsync(
        [GraphQLDefault("25"), MaxElements(PageArguments.MaxTake)] int? take,
        IDbContextFactory<ControlPlaneDbContext> contexts,
        CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.ClusterSyncRuns.AsNoTracking()
            .OrderByDescending(r => r.DueAt)
            .Take(PageArguments.Take(take))
            .Select(r => new SyncRun
            {
                Id = r.Id,
                DueAt = r.DueAt,
                StartedAt = r.StartedAt,
                EndedAt = r.EndedAt,
                Successful = r.Successful,
                Failed = r.Failed,
                Skipped = r.Skipped,
                Replica = r.Replica,
                Outcome = r.Outcome,
                Suspect = r.Suspect,
            })
            .ToListAsync(cancellationToken);
    }
}

/// <summary>One scheduled run over all clusters.</summary>
[GraphQLName("ClusterSyncRun")]
public sealed record SyncRun
{
    /// <summary>The run's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The tick of the schedule that it belongs to.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Clusters whose data plane answered, healthy or not.</summary>
    public required int Successful { get; init; }

    /// <summary>Clusters whose data plane gave no usable answer.</summary>
    public required int Failed { get; init; }

    /// <summary>Clusters without a data plane URL.</summary>
    public required int Skipped { get; init; }

    /// <summary>The replica that carries it, or carried it last.</summary>
    public string? Replica { get; init; }

    /// <summary>How it ended, or RUNNING.</summary>
    public required ClusterSyncOutcome Outcome { get; init; }

    /// <summary>Whether so many clusters became unreachable at once that the control plane's own network is the likelier cause.</summary>
    public required bool Suspect { get; init; }
}

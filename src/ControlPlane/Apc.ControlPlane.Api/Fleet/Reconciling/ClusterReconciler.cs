using System.Collections.Concurrent;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;
using Npgsql;

namespace Apc.ControlPlane.Api.Fleet.Reconciling;

/// <summary>Reconciles clusters because somebody asks.</summary>
public sealed partial class ClusterReconciler(
    ClusterTargets targets, FleetProbe fleet, ClusterResultWriters writers, ILogger<ClusterReconciler> logger)
{
    /// <summary>Probes clusters and stores what they answer.</summary>
    /// <param name="ids">The clusters, in the order of the answer; null for every cluster in the scope.</param>
    /// <param name="scope">What the caller may reconcile; what else is asked for is skipped.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Ends the wait. What has begun goes on: others may wait for the same, and its time is bounded.</param>
    /// <exception cref="NpgsqlException">The database failed for too long; some results may be stored.</exception>
    public Task<ClusterReconciliation> ReconcileAsync(
        IReadOnlyList<Uuid>? ids, ReconcileScope scope, Caller caller, CancellationToken cancellationToken)
    {
        // Before anything is awaited: the caller's request may be over when it is needed.
        var origin = ChangeOrigin.Of(caller);
        return ReconcileAsync(ids, scope, origin).WaitAsync(cancellationToken);
    }

    private async Task<ClusterReconciliation> ReconcileAsync(IReadOnlyList<Uuid>? ids, ReconcileScope scope, ChangeOrigin origin)
    {
        try
        {
            return ids is null
                ? await ReconcileScopeAsync(scope, origin)
                : await ReconcileIdsAsync(ids, scope, origin);
        }
        catch (Exception e)
        {
            // The caller may be gone.
            LogFailed(e);
            throw;
        }
    }

    private async Task<ClusterReconciliation> ReconcileIdsAsync(IReadOnlyList<Uuid> ids, ReconcileScope scope, ChangeOrigin origin)
    {
        var allowed = ids.Select(uuid => uuid.Id).OfType<Guid>().Where(scope.Contains).ToHashSet();
        var found = allowed.Count == 0 ? [] : await targets.ByIdsAsync(allowed, CancellationToken.None);
        var answered = await ProbeAsync(found.ToAsyncEnumerable(), origin);
        return Sort(ids.Where(uuid => !uuid.IsAbsent).DistinctBy(uuid => uuid.Id?.ToString() ?? uuid.Text), answered);
    }

    private async Task<ClusterReconciliation> ReconcileScopeAsync(ReconcileScope scope, ChangeOrigin origin)
    {
        var order = new List<Uuid>();
        var all = scope.Ids is { } ids
            ? (await targets.ByIdsAsync(ids, CancellationToken.None)).OrderBy(target => target.Id).ToAsyncEnumerable()
            : targets.AllAsync(CancellationToken.None);
        var answered = await ProbeAsync(Noted(all, order), origin);
        return Sort(order, answered);
    }

    private static async IAsyncEnumerable<ProbeTarget> Noted(IAsyncEnumerable<ProbeTarget> targets, List<Uuid> order)
    {
        await foreach (var target in targets)
        {
            order.Add(new Uuid(target.Id.ToString()));
            yield return target;
        }
    }

    /// <returns>Of each cluster that was probed, whether it answered.</returns>
    private async Task<ConcurrentDictionary<Guid, bool>> ProbeAsync(IAsyncEnumerable<ProbeTarget> clusters, ChangeOrigin origin)
    {
        var answered = new ConcurrentDictionary<Guid, bool>();
        var writer = writers.Open(origin, onTransition: null, CancellationToken.None);

        try
        {
            await fleet.RunAsync(
                clusters.Where(target => target.HasDataplaneUrl),
                writer,
                (target, outcome) => answered[target.Id] = outcome.Code.IsAnswer(),
                CancellationToken.None);
        }
        finally
        {
            await writer.CompleteAsync();
        }

        return answered;
    }

    private static ClusterReconciliation Sort(IEnumerable<Uuid> asked, ConcurrentDictionary<Guid, bool> answered)
    {
        var byOutcome = asked.ToLookup(uuid => uuid.Id is { } id && answered.TryGetValue(id, out var did) ? did : (bool?)null);
        return new ClusterReconciliation([.. byOutcome[true]], [.. byOutcome[false]], [.. byOutcome[null]]);
    }

    [LoggerMessage(LogLevel.Error, "A reconcile failed; some of its results may be stored.")]
    private partial void LogFailed(Exception exception);
}

/// <summary>The clusters that a caller may reconcile.</summary>
public sealed record ReconcileScope
{
    /// <summary>Every cluster.</summary>
    public static readonly ReconcileScope All = new(ids: null);

    private readonly HashSet<Guid>? _ids;

    private ReconcileScope(HashSet<Guid>? ids) => _ids = ids;

    /// <summary>The clusters in it, where it is not every cluster; they need not exist.</summary>
    public IReadOnlyCollection<Guid>? Ids => _ids;

    /// <summary>Only these clusters.</summary>
    public static ReconcileScope Of(IEnumerable<Guid> ids) => new([.. ids]);

    /// <summary>What these permissions allow.</summary>
    public static ReconcileScope Of(EffectivePermissions permissions)
        => permissions.Holds(Permissions.ClustersUpdate) ? All : Of(permissions.ClusterIdsWith(Permissions.ClustersUpdate));

    public bool Contains(Guid id) => _ids?.Contains(id) ?? true;
}

/// <summary>What a reconcile came to. Each id stands in one list, in the order of the request.</summary>
/// <param name="SuccessfulClusterIds">Clusters whose data plane answered, whatever it said.</param>
/// <param name="FailedClusterIds">Clusters whose data plane gave no usable answer; they are INACTIVE now.</param>
/// <param name="SkippedClusterIds">Clusters without a data plane URL, unknown ones, and those that the caller may not reconcile.</param>
public sealed record ClusterReconciliation(
    IReadOnlyList<Uuid> SuccessfulClusterIds, IReadOnlyList<Uuid> FailedClusterIds, IReadOnlyList<Uuid> SkippedClusterIds);

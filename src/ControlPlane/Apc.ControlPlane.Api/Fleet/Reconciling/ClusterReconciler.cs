using System.Collections.Concurrent;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;
using Npgsql;

namespace Apc.ControlPlane.Api.Fleet.Reconciling;

/// <summary>Reconciles clusters at a caller's request.</summary>
public sealed partial class ClusterReconciler(
    ClusterTargets targets, FleetProbe fleet, ClusterResultWriters writers, ILogger<ClusterReconciler> logger)
{
    /// <summary>Probes clusters and stores their answers. Cancellation ends the wait alone: other callers may share the probes.</summary>
    /// <param name="ids">The clusters, in the order of the answer; null for every cluster in the scope.</param>
    /// <param name="scope">What the caller may reconcile; other clusters are skipped.</param>
    /// <exception cref="NpgsqlException">The database failed for about half a minute; some results may be stored.</exception>
    public Task<ClusterReconciliation> ReconcileAsync(
        IReadOnlyList<Uuid>? ids, ReconcileScope scope, Caller caller, CancellationToken cancellationToken)
    {
        // Read before anything is awaited: the caller's request may be over by the time the results are stored.
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
            // The caller may have stopped waiting.
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

    /// <returns>For each cluster that was probed, whether it answered.</returns>
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
/// <param name="Ids">The clusters, which need not exist; null for every cluster.</param>
public sealed record ReconcileScope(IReadOnlyCollection<Guid>? Ids)
{
    /// <summary>Every cluster.</summary>
    public static readonly ReconcileScope All = new(Ids: null);

    private static readonly Permission Required = Permission.Named(Permissions.ClustersUpdate);

    /// <summary>Only these clusters.</summary>
    public static ReconcileScope Of(IEnumerable<Guid> ids) => new(ids.ToHashSet());

    /// <summary>The clusters that these permissions allow.</summary>
    public static ReconcileScope Of(EffectivePermissions permissions)
        => permissions.Holds(Required) ? All : Of(permissions.ClusterIdsWith(Required));

    public bool Contains(Guid id) => Ids?.Contains(id) ?? true;
}

/// <summary>The result of a reconcile. Each id stands in one list, in the order of the request.</summary>
/// <param name="SuccessfulClusterIds">Clusters whose data plane answered, healthy or not.</param>
/// <param name="FailedClusterIds">Clusters whose data plane gave no usable answer; they are INACTIVE now.</param>
/// <param name="SkippedClusterIds">Clusters without a data plane URL, unknown ones, and those that the caller may not reconcile.</param>
public sealed record ClusterReconciliation(
    IReadOnlyList<Uuid> SuccessfulClusterIds, IReadOnlyList<Uuid> FailedClusterIds, IReadOnlyList<Uuid> SkippedClusterIds);

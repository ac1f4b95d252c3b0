using System.Collections.Concurrent;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Common.Scalars;
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
    public Task<ReconcileOutcome> ReconcileAsync(
        IReadOnlyList<Uuid>? ids, ReconcileScope scope, Caller caller, CancellationToken cancellationToken)
    {
        // Before anything is awaited: the caller's request may be over when it is needed.
        var origin = ChangeOrigin.Of(caller);
        return ReconcileAsync(ids, scope, origin).WaitAsync(cancellationToken);
    }

    private async Task<ReconcileOutcome> ReconcileAsync(IReadOnlyList<Uuid>? ids, ReconcileScope scope, ChangeOrigin origin)
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

    private async Task<ReconcileOutcome> ReconcileIdsAsync(IReadOnlyList<Uuid> ids, ReconcileScope scope, ChangeOrigin origin)
    {
        var allowed = ids.Select(uuid => uuid.Id).OfType<Guid>().Where(scope.Contains).ToHashSet();
        var found = allowed.Count == 0 ? [] : await targets.ByIdsAsync(allowed, CancellationToken.None);
        var answered = await ProbeAsync(found.ToAsyncEnumerable(), origin);
        return Sort(ids.Where(uuid => !uuid.IsAbsent).DistinctBy(uuid => uuid.Id?.ToString() ?? uuid.Text), answered);
    }

    private async Task<ReconcileOutcome> ReconcileScopeAsync(ReconcileScope scope, ChangeOrigin origin)
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

    private static ReconcileOutcome Sort(IEnumerable<Uuid> asked, ConcurrentDictionary<Guid, bool> answered)
    {
        var byOutcome = asked.ToLookup(uuid => uuid.Id is { } id && answered.TryGetValue(id, out var did) ? did : (bool?)null);
        return new ReconcileOutcome([.. byOutcome[true]], [.. byOutcome[false]], [.. byOutcome[null]]);
    }

    [LoggerMessage(LogLevel.Error, "A reconcile failed; some of its results may be stored.")]
    private partial void LogFailed(Exception exception);
}

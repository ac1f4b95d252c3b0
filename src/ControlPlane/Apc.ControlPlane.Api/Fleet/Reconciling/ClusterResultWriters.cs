using Apc.ControlPlane.Data;

namespace Apc.ControlPlane.Api.Fleet.Reconciling;

/// <summary>Opens a <see cref="ClusterResultWriter"/> for each reconcile and each sweep.</summary>
public sealed class ClusterResultWriters(
    ControlPlaneDataSources database, DatabaseRetries retries, StatusChanges changes, TimeProvider clock, ILogger<ClusterResultWriter> logger)
{
    /// <param name="origin">What makes the results come in.</param>
    /// <param name="onTransition">Told of each change of a status once it is stored, one after the other; null for nobody.</param>
    /// <param name="cancellationToken">Gives up what is not stored yet.</param>
    public ClusterResultWriter Open(ChangeOrigin origin, Action<StoredTransition>? onTransition, CancellationToken cancellationToken)
        => new(
            (results, token) => retries.ExecuteAsync(
                again => StoreBatch.ExecuteAsync(database.Writes, results, origin, clock, again), token),
            transition =>
            {
                changes.Announce(transition, origin);
                onTransition?.Invoke(transition);
            },
            clock,
            logger,
            cancellationToken);
}

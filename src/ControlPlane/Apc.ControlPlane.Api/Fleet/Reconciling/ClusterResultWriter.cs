using System.Threading.Channels;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Audits;
using Apc.ControlPlane.Domain.Clusters;
using Npgsql;

namespace Apc.ControlPlane.Api.Fleet.Reconciling;

/// <summary>Opens a <see cref="ClusterResultWriter"/> for each reconcile and each sweep.</summary>
public sealed class ClusterResultWriters(
    ControlPlaneDataSources database,
    DatabaseRetries retries,
    StatusChanges changes,
    TimeProvider clock,
    ILogger<ClusterResultWriter> logger)
{
    /// <param name="origin">What causes the results.</param>
    /// <param name="onTransition">Called with each change of a status once it is stored, one after the other; null for no call.</param>
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

/// <summary>Stores a chunk of results, all or none, and returns the changes of status that they made.</summary>
public delegate Task<List<StoredTransition>> StoreResults(IReadOnlyList<ProbedCluster> results, CancellationToken cancellationToken);

/// <summary>Stores the results of one sweep or reconcile while probes run, a chunk at a time. Probes wait for a slow database.</summary>
public sealed partial class ClusterResultWriter
{
    public const int MaxChunk = 500;

    /// <summary>About the most that one statement sends; a single result may be larger.</summary>
    private const int MaxChunkBytes = 4 * 1024 * 1024;

    /// <summary>A result waits no longer than this, unless the database falls behind.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(250);

    private readonly Channel<ProbedCluster> _results = Channel.CreateBounded<ProbedCluster>(
        new BoundedChannelOptions(MaxChunk) { SingleReader = true });

    private readonly StoreResults _store;
    private readonly TimeProvider _clock;
    private readonly Action<StoredTransition> _onTransition;
    private readonly ILogger _logger;
    private readonly Task _writing;

    /// <param name="onTransition">Called with each change of a status once it is stored, one after the other.</param>
    public ClusterResultWriter(
        StoreResults store, Action<StoredTransition> onTransition, TimeProvider clock, ILogger logger, CancellationToken cancellationToken)
    {
        _store = store;
        _onTransition = onTransition;
        _clock = clock;
        _logger = logger;
        _writing = Task.Run(() => WriteAllAsync(cancellationToken), CancellationToken.None);
    }

    /// <summary>Results that the database refused in every form.</summary>
    public int Lost { get; private set; }

    /// <summary>Hands a result over; waits while <see cref="MaxChunk"/> results are waiting.</summary>
    /// <exception cref="ChannelClosedException">Nothing can be stored any more; <see cref="CompleteAsync"/> throws the reason.</exception>
    public ValueTask WriteAsync(ProbedCluster result, CancellationToken cancellationToken)
        => _results.Writer.WriteAsync(result, cancellationToken);

    /// <summary>Completes when everything handed over is stored.</summary>
    /// <exception cref="RunTakenOverException">Another replica holds the run.</exception>
    /// <exception cref="NpgsqlException">The database failed for too long.</exception>
    public Task CompleteAsync()
    {
        _results.Writer.TryComplete();
        return _writing;
    }

    private async Task WriteAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            var chunk = new List<ProbedCluster>(MaxChunk);

            while (await _results.Reader.WaitToReadAsync(cancellationToken))
            {
                await GatherAsync(chunk, cancellationToken);
                await StoreAsync(chunk, cancellationToken);
                chunk.Clear();
            }
        }
        catch (Exception e)
        {
            // Probes that wait to hand a result over must not wait for ever.
            _results.Writer.TryComplete(e);
            throw;
        }
    }

    /// <summary>Takes the results that are there or come within <see cref="MaxWait"/>, up to a chunk.</summary>
    private async Task GatherAsync(List<ProbedCluster> chunk, CancellationToken cancellationToken)
    {
        using var enough = new CancellationTokenSource(MaxWait, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, cancellationToken);
        var bytes = 0;

        while (chunk.Count < MaxChunk && bytes < MaxChunkBytes)
        {
            if (_results.Reader.TryRead(out var result))
            {
                chunk.Add(result);
                bytes += result.Size;
                continue;
            }

            try
            {
                if (!await _results.Reader.WaitToReadAsync(either.Token))
                {
                    return;
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Stores a chunk. If the database refuses its data, stores its halves, until the refused result is alone.</summary>
    private async Task StoreAsync(IReadOnlyList<ProbedCluster> chunk, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var transition in await _store(chunk, cancellationToken))
            {
                _onTransition(transition);
            }
        }
        catch (Exception e) when (IsRefusalOfData(e))
        {
            await DivideAsync(chunk, e, cancellationToken);
        }
    }

    private async Task DivideAsync(IReadOnlyList<ProbedCluster> chunk, Exception refusal, CancellationToken cancellationToken)
    {
        switch (chunk)
        {
            case [{ Payload: null } or { IsReduced: true }]:
                Lost++;
                LogLost(chunk[0].Id, refusal);
                break;
            case [var culprit]:
                LogUnstorable(culprit.Id, refusal);
                await StoreAsync([culprit.Reduced()], cancellationToken);
                break;
            default:
                var half = chunk.Count / 2;
                await StoreAsync([.. chunk.Take(half)], cancellationToken);
                await StoreAsync([.. chunk.Skip(half)], cancellationToken);
                break;
        }
    }

    /// <summary>Whether the database, or the driver, cannot take the data: then each result is tried alone.</summary>
    private static bool IsRefusalOfData(Exception exception) => exception switch
    {
        // Classes: data exception, integrity constraint violation, program limit exceeded.
        PostgresException { SqlState: ['2', '2', ..] or ['2', '3', ..] or ['5', '4', ..] } => true,
        ArgumentException or InvalidCastException => true,
        _ => false,
    };

    [LoggerMessage(LogLevel.Warning, "The database refused the answer of cluster {ClusterId}; only what it says of its health is stored.")]
    private partial void LogUnstorable(Guid clusterId, Exception exception);

    [LoggerMessage(LogLevel.Error, "The database refused the result for cluster {ClusterId}; nothing was stored for it.")]
    private partial void LogLost(Guid clusterId, Exception exception);
}

/// <summary>Counts and logs changes of status once they are stored, and announces to the audit trail those by callers.</summary>
public sealed partial class StatusChanges(AuditTrail audit, ClusterMetrics metrics, TimeProvider clock, ILogger<StatusChanges> logger)
{
    public void Announce(StoredTransition transition, ChangeOrigin origin)
    {
        metrics.Changed(transition.To, origin.Cause);
        LogTransition(transition.Name, transition.ClusterId, transition.To, transition.Code.Text().Name);

        // What a sweep finds is no change by a caller.
        if (origin.Cause is not StatusCause.Schedule)
        {
            audit.Announce(new AuditLog
            {
                Id = transition.AuditId,
                At = clock.GetUtcNow(),
                ActorKind = origin.ActorKind,
                ActorId = origin.ActorId,
                ActorName = origin.ActorName,
                TokenId = origin.TokenId,
                Address = origin.Address,
                RequestId = origin.RequestId,
                Action = "cluster.update",
                Operation = origin.Operation,
                EntityType = "cluster",
                EntityId = transition.ClusterId.ToString(),
                EntityName = transition.Name,
                Outcome = AuditOutcome.Success,
            });
        }
    }

    [LoggerMessage(LogLevel.Information, "Cluster {Name} ({ClusterId}) is {Status} now: {Code}.")]
    private partial void LogTransition(string name, Guid clusterId, ClusterStatus status, string code);
}

using System.Collections.Immutable;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain.Clusters;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Fleet.Subscriptions;

/// <summary>
/// Delivers to the subscribers of this replica what any replica has stored. It listens on one connection while there are subscribers. A
/// subscriber gets everything that commits after its subscription.
/// </summary>
public sealed class ClusterFeed : IAsyncDisposable
{
    private readonly ControlPlaneDataSources _dataSources;
    private readonly FreshnessLimit _freshness;
    private readonly TimeProvider _clock;
    private readonly SubscriptionOptions _options;
    private readonly ILogger _logger;
    private readonly CancellationTokenRegistration _stopping;
    private readonly Lock _gate = new();

    // Replaced whole, never changed, so that it can be read without a lock.
    private ImmutableList<FeedSubscriber> _subscribers = [];
    private FeedLoop? _loop;

    public ClusterFeed(
        ControlPlaneDataSources dataSources,
        FreshnessLimit freshness,
        TimeProvider clock,
        IOptions<SubscriptionOptions> options,
        IHostApplicationLifetime lifetime,
        ILogger<ClusterFeed> logger)
    {
        (_dataSources, _freshness, _clock, _options, _logger) = (dataSources, freshness, clock, options.Value, logger);
        _stopping = lifetime.ApplicationStopping.Register(EndAll);
    }

    /// <summary>Subscribes to changes of status.</summary>
    /// <exception cref="Npgsql.NpgsqlException">The database does not answer.</exception>
    public async Task<StatusSubscriber> SubscribeAsync(StatusFilter filter, ClusterColumns columns, CancellationToken cancellationToken)
    {
        var subscriber = new StatusSubscriber(filter, columns, _options.MaxPendingEvents, _clock);
        await JoinAsync(subscriber, cancellationToken);
        return subscriber;
    }

    /// <summary>Subscribes to the progress of a run; its present state is in the inbox already.</summary>
    /// <returns>Null if there is no such run.</returns>
    /// <exception cref="Npgsql.NpgsqlException">The database does not answer.</exception>
    public async Task<RunSubscriber?> SubscribeAsync(Guid runId, CancellationToken cancellationToken)
    {
        var subscriber = new RunSubscriber(runId);
        await JoinAsync(subscriber, cancellationToken);
        List<Sweeps.SyncRun> runs = [];

        try
        {
            // Read after the feed listens, so that no change is missed in between.
            await using var connection = await _dataSources.Writes.OpenConnectionAsync(cancellationToken);
            runs = await FeedReader.ReadRunsAsync(connection, [runId], cancellationToken);
            runs.ForEach(subscriber.Show);
        }
        finally
        {
            if (runs.Count == 0)
            {
                Leave(subscriber);
            }
        }

        return runs.Count == 0 ? null : subscriber;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.DisposeAsync();
        FeedLoop? loop;

        lock (_gate)
        {
            _subscribers = [];
            (loop, _loop) = (_loop, null);
        }

        await (loop?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <summary>Ends the delivery to a subscriber. After the last one the feed stops listening.</summary>
    public void Leave(FeedSubscriber subscriber)
    {
        lock (_gate)
        {
            _subscribers = _subscribers.Remove(subscriber);

            if (_subscribers.IsEmpty && _loop is { } idle)
            {
                _loop = null;
                _ = idle.DisposeAsync().AsTask();
            }
        }
    }

    private async Task JoinAsync(FeedSubscriber subscriber, CancellationToken cancellationToken)
    {
        FeedLoop loop;

        lock (_gate)
        {
            _subscribers = _subscribers.Add(subscriber);

            // A loop that could not begin to listen is replaced.
            loop = _loop is { Listening.IsFaulted: false } running
                ? running
                : _loop = new FeedLoop(
                    _dataSources, new FeedReader(_freshness, _clock), () => Volatile.Read(ref _subscribers), _clock, _logger).Start();
        }

        try
        {
            await loop.Listening.WaitAsync(cancellationToken);
        }
        catch
        {
            Leave(subscriber);
            throw;
        }
    }

    private void EndAll()
        => Volatile.Read(ref _subscribers).ForEach(subscriber => subscriber.End(new SubscriptionServerStoppingException()));
}

using Apc.ControlPlane.Data;
using Npgsql;

namespace Apc.ControlPlane.Api.Fleet.Subscriptions;

/// <summary>
/// Listens and delivers until it is stopped. A connection that is lost is replaced, and what was committed meanwhile is delivered then: a notification only
/// says that it is time to read, and what is read follows from the snapshot that was read with before.
/// </summary>
internal sealed partial class FeedLoop : IAsyncDisposable
{
    // A connection that died without a word is noticed by the read that follows.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(250);

    private readonly ControlPlaneDataSources _dataSources;
    private readonly FeedReader _reader;
    private readonly Func<IReadOnlyList<FeedSubscriber>> _subscribers;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;

    // What was visible in it has been delivered; null before the first one.
    private string? _snapshot;

    private FeedLoop(
        ControlPlaneDataSources dataSources, FeedReader reader, Func<IReadOnlyList<FeedSubscriber>> subscribers, TimeProvider clock, ILogger logger)
    {
        (_dataSources, _reader, _subscribers, _clock, _logger) = (dataSources, reader, subscribers, clock, logger);
    }

    /// <summary>Completes when everything that commits from then on will be delivered; fails where that could not be brought about.</summary>
    public Task Listening => _listening.Task;

    public static FeedLoop Start(
        ControlPlaneDataSources dataSources, FeedReader reader, Func<IReadOnlyList<FeedSubscriber>> subscribers, TimeProvider clock, ILogger logger)
    {
        var loop = new FeedLoop(dataSources, reader, subscribers, clock, logger);
        loop._running = Task.Run(loop.RunAsync);
        return loop;
    }

    /// <summary>Delivers nothing more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var isLost = false;

        while (true)
        {
            try
            {
                await using var listening = await ListeningConnection.OpenAsync(
                    _dataSources.Listening, ControlPlaneDataSources.ListenerName, [Channels.Events, Channels.SyncRuns], _stop.Token);

                if (isLost)
                {
                    LogListensAgain();
                    isLost = false;
                }

                await DeliverAsync(listening);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                _listening.TrySetCanceled(_stop.Token);
                return;
            }
            catch (Exception e) when (_snapshot is null)
            {
                // Nobody has been promised anything yet.
                _listening.TrySetException(e);
                return;
            }
            catch (Exception e)
            {
                if (!isLost)
                {
                    LogLost(e);
                    isLost = true;
                }
            }

            await Task.Delay(RetryAfter, _clock, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task DeliverAsync(ListeningConnection listening)
    {
        // After a pause anything may have changed.
        IReadOnlyList<(string Channel, string Payload)> told = [];

        while (true)
        {
            if (told.Count == 0 || told.Any(t => t.Channel == Channels.Events))
            {
                _snapshot = await _reader.DeliverAsync(
                    listening.Connection, _snapshot, () => [.. _subscribers().OfType<StatusSubscriber>()], _stop.Token);
                _listening.TrySetResult();
            }

            await DeliverRunsAsync(
                listening.Connection, told.Where(t => t.Channel == Channels.SyncRuns).Select(t => Guid.Parse(t.Payload)).ToHashSet(), told.Count == 0);
            told = await listening.WaitAsync(LookEvery, _stop.Token);
        }
    }

    private async Task DeliverRunsAsync(NpgsqlConnection connection, HashSet<Guid> changed, bool any)
    {
        var subscribers = _subscribers().OfType<RunSubscriber>().Where(s => any || changed.Contains(s.RunId)).ToLookup(s => s.RunId);

        if (subscribers.Count == 0)
        {
            return;
        }

        foreach (var run in await FeedReader.ReadRunsAsync(connection, [.. subscribers.Select(s => s.Key)], _stop.Token))
        {
            foreach (var subscriber in subscribers[run.Id])
            {
                subscriber.Show(run);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The connection that listens for subscribers is lost. What is missed will be made up for.")]
    private partial void LogLost(Exception exception);

    [LoggerMessage(LogLevel.Information, "Listening for subscribers again.")]
    private partial void LogListensAgain();
}

using Apc.ControlPlane.Data;
using Npgsql;

namespace Apc.ControlPlane.Api.Fleet.Subscriptions;

/// <summary>
/// Listens and delivers until it is stopped. A lost connection is replaced, and what was committed in the meantime is delivered then: a
/// notification only says that it is time to read, and what is read follows from the snapshot of the read before.
/// </summary>
internal sealed partial class FeedLoop(
    ControlPlaneDataSources dataSources,
    FeedReader reader,
    Func<IReadOnlyList<FeedSubscriber>> subscribers,
    TimeProvider clock,
    ILogger logger)
    : IAsyncDisposable
{
    // A connection that died silently is noticed by the read that follows.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;

    // Everything visible in this snapshot has been delivered; null before the first one.
    private string? _snapshot;

    /// <summary>Completes once everything that commits from then on is delivered; fails if the first connection or read fails.</summary>
    public Task Listening => _listening.Task;

    public FeedLoop Start()
    {
        _running = Task.Run(RunAsync);
        return this;
    }

    /// <summary>Stops delivering and closes the connection.</summary>
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
                    dataSources.Listening, ControlPlaneDataSources.ListenerName, [Channels.Events, Channels.SyncRuns], _stop.Token);

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
                // Subscribers still wait for Listening, which reports the failure.
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

            await Task.Delay(RetryAfter, clock, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task DeliverAsync(ListeningConnection listening)
    {
        // Nothing told yet: anything may have changed while there was no connection.
        IReadOnlyList<(string Channel, string Payload)> told = [];

        while (true)
        {
            if (told.Count == 0 || told.Any(t => t.Channel == Channels.Events))
            {
                _snapshot = await reader.DeliverAsync(
                    listening.Connection, _snapshot, () => [.. subscribers().OfType<StatusSubscriber>()], _stop.Token);
                _listening.TrySetResult();
            }

            var changedRuns = told.Where(t => t.Channel == Channels.SyncRuns).Select(t => Guid.Parse(t.Payload)).ToHashSet();
            await DeliverRunsAsync(listening.Connection, changedRuns, any: told.Count == 0);
            told = await listening.WaitAsync(LookEvery, _stop.Token);
        }
    }

    private async Task DeliverRunsAsync(NpgsqlConnection connection, HashSet<Guid> changed, bool any)
    {
        var interested = subscribers().OfType<RunSubscriber>().Where(s => any || changed.Contains(s.RunId)).ToLookup(s => s.RunId);

        if (interested.Count == 0)
        {
            return;
        }

        foreach (var run in await FeedReader.ReadRunsAsync(connection, [.. interested.Select(s => s.Key)], _stop.Token))
        {
            foreach (var subscriber in interested[run.Id])
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

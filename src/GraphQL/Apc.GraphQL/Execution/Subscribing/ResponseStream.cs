using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Execution.Resolving;
using Apc.GraphQL.Json;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Execution.Subscribing;

/// <summary>
/// MapSourceToResponseEvent: the responses of one subscription, one for each event of its source stream. It has one reader at a time. It
/// may be disposed during a read; disposing it unsubscribes.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#MapSourceToResponseEvent()</remarks>
public sealed class ResponseStream : IAsyncDisposable
{
    private readonly PlannedRequest _planned;
    private readonly RequestContext _request;
    private readonly IAsyncEnumerator<object?> _events;
    private readonly SubscriptionLife _life;
    private readonly Executor _executor;
    private readonly Subscriber _subscriber;

    // Held while the source is read or disposed: a source must not be disposed while its next event is requested.
    private readonly SemaphoreSlim _gate = new(1, 1);
    private bool _isOver;
    private int _isDisposed;

    internal ResponseStream(
        PlannedRequest planned,
        RequestContext request,
        IAsyncEnumerator<object?> events,
        SubscriptionLife life,
        Executor executor,
        Subscriber subscriber)
    {
        _planned = planned;
        _request = request;
        _events = events;
        _life = life;
        _executor = executor;
        _subscriber = subscriber;
    }

    /// <summary>True after the source stream has failed. The response with this error, without data, is the last one.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>
    /// Waits for the next event and appends its response to <paramref name="writer"/>. Returns false and writes nothing if the stream has
    /// completed or was disposed. Waits for a source that ignores its cancellation token.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller left (<see cref="RequestContext.CancellationToken"/>).</exception>
    public async ValueTask<bool> MoveNextAsync(JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        await _gate.WaitAsync();

        try
        {
            return !_isOver && await MoveAsync(writer);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Unsubscribes: ends a wait for the next event and disposes the source stream.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await _life.EndAsync();
        await _gate.WaitAsync();

        try
        {
            await EndAsync();
        }
        finally
        {
            _gate.Release();
        }

        _life.Dispose();
    }

    private async ValueTask<bool> MoveAsync(JsonWriter writer)
    {
        var start = writer.Position;

        try
        {
            if (await _events.MoveNextAsync())
            {
                await _executor.ExecuteEventAsync(_planned, _request, _events.Current, writer, _life.Token);
                return true;
            }
        }
        catch (OperationCanceledException) when (_life.Token.IsCancellationRequested)
        {
            // The caller left, or the stream is being disposed.
            writer.RewindTo(start);
        }
        catch (Exception e)
        {
            HasFailed = true;
            writer.RewindTo(start);
            _subscriber.WriteFailure(_planned.Plan, FieldFailure.From(e), writer);
        }

        await EndAsync();
        _request.CancellationToken.ThrowIfCancellationRequested();
        return HasFailed;
    }

    private async ValueTask EndAsync()
    {
        if (_isOver)
        {
            return;
        }

        _isOver = true;

        try
        {
            await _events.DisposeAsync();
        }
        catch (Exception e)
        {
            // All responses have been sent: the failure to dispose the source is only logged.
            _subscriber.Hide(e);
        }
    }
}

/// <summary>The result of a request that may be a subscription.</summary>
/// <param name="Response">The response that was written; for a stream that has begun, a subscription without errors.</param>
/// <param name="Stream">The responses of a subscription, which the caller disposes; null if a single response has been written.</param>
public readonly record struct SubscribeResult(GraphQLResponse Response, ResponseStream? Stream);

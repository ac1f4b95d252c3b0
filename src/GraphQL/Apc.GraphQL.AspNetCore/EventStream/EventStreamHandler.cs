using Apc.GraphQL.AspNetCore.Http;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Execution.Subscribing;
using Apc.GraphQL.Json;
using Microsoft.AspNetCore.Http;

namespace Apc.GraphQL.AspNetCore.EventStream;

/// <summary>
/// GraphQL over server-sent events in its distinct connections mode: each operation has its own response and ends when the client leaves.
/// Errors of a document are sent in the stream, since clients do not read the body of a response with another status.
/// </summary>
/// <remarks>https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md#distinct-connections-mode</remarks>
internal sealed class EventStreamHandler(
    GraphQLExecutor executor, GraphQLServerOptions options, OpenConnections connections, CancellationToken stopping)
{
    /// <summary>Answers any operation with a stream of events.</summary>
    public async Task AnswerAsync(HttpContext http, GraphQLRequest request, object? caller)
    {
        if (connections.TryEnter(http.Connection.RemoteIpAddress, caller, out var refusal) is not { } place)
        {
            await refusal!.WriteAsync(http.Response, MediaType.Json);
            return;
        }

        try
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
            await AnswerAsync(http, request, new EventStreamContext(http, caller, options.Authenticate, ended.Token));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested || stopping.IsCancellationRequested)
        {
            // The client has left or the application stops. A client whose stream ends without the last event connects again.
        }
        finally
        {
            connections.Leave(place);
        }
    }

    private async Task AnswerAsync(HttpContext http, GraphQLRequest request, EventStreamContext context)
    {
        using var json = new JsonWriter();
        var (response, stream) = await executor.SubscribeAsync(request, context, json);

        if (response.Kind == ResponseKind.SideEffectsRefused)
        {
            await RequestProblem.SideEffectsRefused.WriteAsync(http.Response, MediaType.Json);
            return;
        }

        await using var events = new EventStreamWriter(http, options);
        await events.StartAsync();

        if (stream is null)
        {
            await events.WriteNextAsync(json.WrittenMemory);
        }
        else
        {
            await using (stream)
            {
                await WriteAllAsync(stream, events, json);
            }
        }

        await events.WriteCompleteAsync();
    }

    private async Task WriteAllAsync(ResponseStream stream, EventStreamWriter events, JsonWriter json)
    {
        using var keepAlive = new PeriodicTimer(options.KeepAlive, options.Execution.Clock);
        Task<bool>? tick = null;

        while (true)
        {
            json.RewindTo(0);
            var next = stream.MoveNextAsync(json).AsTask();

            while (!next.IsCompleted)
            {
                tick ??= keepAlive.WaitForNextTickAsync(CancellationToken.None).AsTask();

                if (await Task.WhenAny(next, tick) == tick)
                {
                    tick = null;
                    await events.WriteCommentAsync();
                }
            }

            if (!await next)
            {
                return;
            }

            await events.WriteNextAsync(json.WrittenMemory);
        }
    }
}

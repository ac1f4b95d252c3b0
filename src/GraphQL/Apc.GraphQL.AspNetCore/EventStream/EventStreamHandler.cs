using Apc.GraphQL.AspNetCore.Http;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Execution.Subscribing;
using Apc.GraphQL.Json;
using Microsoft.AspNetCore.Http;

namespace Apc.GraphQL.AspNetCore.EventStream;

/// <summary>
/// GraphQL over server-sent events in its distinct connections mode: each operation has a response of its own, and ends when the client leaves. What is wrong
/// with a document is told in the stream, since clients read no body of another status.
/// </summary>
/// <remarks>https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md#distinct-connections-mode</remarks>
internal sealed class EventStreamHandler(GraphQLExecutor executor, GraphQLServerOptions options, OpenConnections connections, CancellationToken stopping)
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
            // Nobody is left to be told. A client that sees the stream end without its last event, because this host stops, asks another one.
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

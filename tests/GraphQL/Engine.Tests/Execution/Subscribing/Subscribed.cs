using System.Text;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Execution.Subscribing;
using Apc.GraphQL.Json;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Tests.Execution.Subscribing;

/// <summary>A request that may be a subscription, with its responses as text.</summary>
internal sealed class Subscribed : IAsyncDisposable
{
    private Subscribed(SubscribeResult result, string text)
    {
        Result = result;
        Text = text;
    }

    public SubscribeResult Result { get; }

    /// <summary>What was written at once; empty for a stream.</summary>
    public string Text { get; }

    public ResponseStream Stream => Result.Stream ?? throw new InvalidOperationException($"There is no stream, but {Text}");

    public static async Task<Subscribed> To(GraphQLExecutor executor, GraphQLRequest request, RequestContext? context = null)
    {
        using var writer = new JsonWriter();
        var result = await executor.SubscribeAsync(request, context ?? new TestRequest(), writer);
        return new Subscribed(result, Encoding.UTF8.GetString(writer.WrittenSpan));
    }

    public static Task<Subscribed> To(Schema schema, string document, string? variables = null)
        => To(new GraphQLExecutor(schema), GraphQLRequest.For(document, variables));

    /// <summary>The next response; null at the end.</summary>
    public async Task<string?> NextAsync()
    {
        using var writer = new JsonWriter();
        var isThere = await Stream.MoveNextAsync(writer);
        var text = Encoding.UTF8.GetString(writer.WrittenSpan);
        Assert.Equal(isThere, text.Length > 0);
        return isThere ? text : null;
    }

    /// <summary>All responses up to the end.</summary>
    public async Task<List<string>> AllAsync()
    {
        var all = new List<string>();

        while (await NextAsync() is { } next)
        {
            all.Add(next);
        }

        return all;
    }

    public ValueTask DisposeAsync() => Stream.DisposeAsync();
}

using System.Text;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.AspNetCore.Tests;

/// <summary>A small schema with a field for each thing that a transport can meet.</summary>
internal static class TestSchema
{
    /// <summary>The value of the field <c>raw</c>: every line break that JSON may have between its tokens.</summary>
    public const string Raw = "{\n  \"a\": [\r\n    1,\r    2\n  ]\n}";

    /// <summary>Characters of each value of the field <c>flood</c>.</summary>
    public const int FloodLength = 50_000;

    private static readonly ScalarType Text = BuiltInScalars.String;
    private static readonly JsonScalar Json = new();

    public static Schema Build(Topic topic) => new(Query(topic), Mutation(), Subscription(topic));

    private static ObjectType Query(Topic topic) => new("Query", () =>
    [
        new FieldDefinition("hello", Text)
        {
            Arguments = [new InputValueDefinition("name", Text)],
            Resolver = Resolve(context => $"Hello {(context.Arguments[0] is string name ? name : "world")}"),
        },
        new FieldDefinition("caller", Text) { Resolver = Resolve(context => context.Request.Caller) },
        new FieldDefinition("refresh", Text) { Resolver = new DelegateResolver(_ => new ValueTask<object?>("done")) { HasSideEffects = true } },
        new FieldDefinition("fail", Text) { Resolver = Resolve(_ => throw new InvalidOperationException("secret")) },
        new FieldDefinition("raw", Json) { Resolver = Resolve(_ => Encoding.UTF8.GetBytes(Raw)) },
        new FieldDefinition("large", Text)
        {
            Arguments = [new InputValueDefinition("length", BuiltInScalars.Int)],
            Resolver = Resolve(context => new string('x', (int)context.Arguments[0]!)),
        },
        new FieldDefinition("wait", Text) { Resolver = new DelegateResolver(context => WaitAsync(topic, context.CancellationToken)) },
    ]);

    private static ObjectType Mutation() => new("Mutation", () => [new FieldDefinition("touch", Text) { Resolver = Resolve(_ => "touched") }]);

    private static ObjectType Subscription(Topic topic) => new("Subscription", () =>
    [
        new FieldDefinition("ticks", Text) { Resolver = Resolve(_ => topic.SubscribeAsync()) },
        new FieldDefinition("rawTicks", Json) { Resolver = Resolve(_ => topic.SubscribeAsync()) },
        new FieldDefinition("count", BuiltInScalars.Int)
        {
            Arguments = [new InputValueDefinition("to", BuiltInScalars.Int)],
            Resolver = Resolve(context => Enumerable.Range(1, (int)context.Arguments[0]!).Cast<object?>().ToAsyncEnumerable()),
        },
        new FieldDefinition("callers", Text) { Resolver = Resolve(context => new[] { context.Request.Caller }.ToAsyncEnumerable()) },
        new FieldDefinition("callersOfTicks", Text) { Resolver = Resolve(context => CallersAsync(topic, context.Request)) },
        new FieldDefinition("flood", Text) { Resolver = Resolve(_ => FloodAsync(topic.FloodEnded)) },
        new FieldDefinition("refused", Text) { Resolver = Resolve(_ => throw new InvalidOperationException("secret")) },
    ]);

    private static DelegateResolver Resolve(Func<ResolverContext, object?> resolve) => new(context => new ValueTask<object?>(resolve(context)));

    /// <summary>Waits like a subscriber, for one value.</summary>
    private static async ValueTask<object?> WaitAsync(Topic topic, CancellationToken cancellationToken)
    {
        await foreach (var value in topic.SubscribeAsync(cancellationToken))
        {
            return value;
        }

        return null;
    }

    /// <summary>Who asks, asked anew at each tick.</summary>
    private static async IAsyncEnumerable<object?> CallersAsync(Topic topic, RequestContext request)
    {
        await foreach (var _ in topic.SubscribeAsync(request.CancellationToken))
        {
            yield return await request.ReauthenticateAsync();
        }
    }

    /// <summary>As much as anybody takes; whoever lets go of it is told how much it was.</summary>
    private static async IAsyncEnumerable<object?> FloodAsync(TaskCompletionSource<int> ended)
    {
        var given = 0;

        try
        {
            while (true)
            {
                await Task.Yield();
                given++;
                yield return new string('x', FloodLength);
            }
        }
        finally
        {
            ended.SetResult(given);
        }
    }
}

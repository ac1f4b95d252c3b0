using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Types;
using Apc.TestKit;
using static Apc.GraphQL.Tests.Execution.Fields;

namespace Apc.GraphQL.Tests.Execution.Subscribing;

[SpecSection("sec-Unsubscribe")]
public class UnsubscribeTests
{
    private const string Document = "subscription { surely }";

    [Fact]
    public async Task Lets_go_of_the_source_though_nothing_was_ever_read()
    {
        var source = new TestSource(1);
        var subscribed = await Subscribed.To(Tick.Schema(source), Document);

        await subscribed.DisposeAsync();
        await subscribed.DisposeAsync();

        Assert.Equal(1, source.Disposals);
        Assert.True(source.Token.IsCancellationRequested);
        Assert.Null(await subscribed.NextAsync());
    }

    [Fact]
    public async Task Ends_a_wait_for_the_next_event()
    {
        var source = new TestSource();
        var subscribed = await Subscribed.To(Tick.Schema(source), Document);
        var next = subscribed.NextAsync();
        await source.Asked;

        await subscribed.DisposeAsync();

        Assert.Null(await next);
        Assert.Equal(1, source.Disposals);
    }

    [Fact]
    public async Task Throws_when_the_caller_leaves_in_mid_wait()
    {
        using var caller = new CancellationTokenSource();
        var source = new TestSource();
        await using var subscribed = await Subscribed.To(
            new GraphQLExecutor(Tick.Schema(source)), GraphQLRequest.For(Document), new TestRequest(caller.Token));
        var next = subscribed.NextAsync();
        await source.Asked;

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        Assert.Equal(1, source.Disposals);
        Assert.Null(await subscribed.NextAsync());
    }

    [Fact]
    public async Task Cuts_off_the_execution_of_an_event()
    {
        var clock = new FakeClock();
        var begun = new TaskCompletionSource();
        var source = new TestSource(1);
        var schema = new Schema(
            Object("Query", Now("now", Int, _ => 1)),
            subscription: Object(
                "Subscription",
                Resolved(
                    "number",
                    Object<object>(
                        "Number",
                        Later("forever", Int, async c =>
                        {
                            begun.SetResult();
                            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, c.CancellationToken);
                            return 1;
                        })),
                    _ => new ValueTask<object?>(source))));
        var subscribed = await Subscribed.To(new GraphQLExecutor(schema, new() { Clock = clock }), GraphQLRequest.For("subscription { number { forever } }"));
        var next = subscribed.NextAsync();
        await begun.Task;

        await subscribed.DisposeAsync();

        Assert.Null(await next);
        Assert.Equal(1, source.Disposals);
        Assert.Equal(0, clock.ArmedTimers);
    }

    [Fact]
    public async Task Leaves_other_streams_of_the_same_document_alone()
    {
        var sources = new Queue<TestSource>([new TestSource(), new TestSource()]);
        var (first, second) = (sources.First(), sources.Last());
        var executor = new GraphQLExecutor(Tick.Schema(_ => new ValueTask<object?>(sources.Dequeue())));
        var one = await Subscribed.To(executor, GraphQLRequest.For(Document));
        await using var other = await Subscribed.To(executor, GraphQLRequest.For(Document));

        await one.DisposeAsync();
        second.Send(2);

        Assert.Equal(Expect.Data("""{"surely":2}"""), await other.NextAsync());
        Assert.Equal((1, 0), (first.Disposals, second.Disposals));
    }

    [Fact]
    public async Task Shows_the_filter_a_source_that_cannot_be_let_go_of()
    {
        var filter = new Tick.Filter();
        var source = new TestSource { FailsWhenDisposed = new InvalidOperationException("stuck") };
        var subscribed = await Subscribed.To(
            new GraphQLExecutor(Tick.Schema(source), new() { ErrorFilter = filter }), GraphQLRequest.For(Document));

        await subscribed.DisposeAsync();

        Assert.Equal(["stuck"], filter.Seen);
    }
}

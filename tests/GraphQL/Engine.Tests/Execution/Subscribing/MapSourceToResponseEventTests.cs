using System.Text;
using Apc.GraphQL.Execution.DataLoader;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Json;
using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Types;
using Apc.TestKit;
using static Apc.GraphQL.Tests.Execution.Fields;

namespace Apc.GraphQL.Tests.Execution.Subscribing;

[SpecSection("sec-Subscription.Response-Stream")]
[SpecSection("sec-Response-Format.Response-Stream")]
public class MapSourceToResponseEventTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    [SpecSection("sec-Subscription.Event-Streams")]
    public async Task Gives_a_response_for_each_event_and_ends_with_the_source()
    {
        var source = new TestSource(new Tick(1), null, new Tick(3));
        source.End();

        await using var subscribed = await Subscribed.To(Tick.Schema(source), "subscription { tick { number } }");

        Assert.Equal(
            [Expect.Data("""{"tick":{"number":1}}"""), Expect.Data("""{"tick":null}"""), Expect.Data("""{"tick":{"number":3}}""")],
            await subscribed.AllAsync());
        Assert.Null(await subscribed.NextAsync());
        Assert.False(subscribed.Stream.HasFailed);
        Assert.Equal(1, source.Disposals);
    }

    [Fact]
    public async Task Executes_the_whole_selection_for_each_event()
    {
        var source = new TestSource(new[] { new Tick(1), new Tick(2) }, new[] { new Tick(5) });
        source.End();

        await using var subscribed = await Subscribed.To(
            Tick.Schema(source),
            "subscription ($by: Int!, $no: Boolean!) { all: ticks { __typename n: number @skip(if: $no) a: plus b: plus(by: $by) } }",
            """{"by":10,"no":true}""");

        Assert.Equal(
            [
                Expect.Data("""{"all":[{"__typename":"Tick","a":2,"b":11},{"__typename":"Tick","a":3,"b":12}]}"""),
                Expect.Data("""{"all":[{"__typename":"Tick","a":6,"b":15}]}"""),
            ],
            await subscribed.AllAsync());
    }

    [Fact]
    public async Task Reports_failed_fields_in_their_own_response_and_goes_on()
    {
        var filter = new Tick.Filter();
        var source = new TestSource(new Tick(1), new Tick(2), new Tick(3));
        source.End();

        await using var subscribed = await Subscribed.To(
            new GraphQLExecutor(Tick.Schema(source), new() { ErrorFilter = filter }), GraphQLRequest.For("subscription { tick { required fails } }"));

        Assert.Equal(
            [
                Expect.Failed("""{"tick":{"required":7,"fails":null}}""", Expect.Error("tick 1", "SEEN", [(1, 32)], ["tick", "fails"])),
                Expect.Failed(
                    """{"tick":null}""",
                    Expect.Error("Cannot return null for non-nullable field Tick.required.", "SEEN", [(1, 23)], ["tick", "required"])),
                Expect.Failed("""{"tick":{"required":7,"fails":null}}""", Expect.Error("tick 3", "SEEN", [(1, 32)], ["tick", "fails"])),
            ],
            await subscribed.AllAsync());

        // The second event's failed field does not show, but the filter has seen it too.
        Assert.Equal(["tick 1", "Cannot return null for non-nullable field Tick.required.", "tick 2", "tick 3"], filter.Seen);
    }

    [Fact]
    public async Task Gives_null_data_where_a_null_reaches_the_root_and_goes_on()
    {
        var source = new TestSource(1, null, 3);
        source.End();

        await using var subscribed = await Subscribed.To(Tick.Schema(source), "subscription { surely }");

        Assert.Equal(
            [
                Expect.Data("""{"surely":1}"""),
                Expect.Failed("null", Expect.Error("Cannot return null for non-nullable field Subscription.surely.", 16, "surely")),
                Expect.Data("""{"surely":3}"""),
            ],
            await subscribed.AllAsync());
    }

    [Fact]
    public async Task Writes_behind_what_the_writer_holds()
    {
        var source = new TestSource(1);
        source.End();
        await using var subscribed = await Subscribed.To(Tick.Schema(source), "subscription { surely }");
        using var writer = new JsonWriter();
        writer.WriteRaw("data: "u8);

        Assert.True(await subscribed.Stream.MoveNextAsync(writer));
        Assert.False(await subscribed.Stream.MoveNextAsync(writer));

        Assert.Equal("""data: {"data":{"surely":1}}""", Encoding.UTF8.GetString(writer.WrittenSpan));
    }

    [Fact]
    public async Task Tells_the_price_with_each_response()
    {
        var source = new TestSource(new Tick(1));
        source.End();

        await using var subscribed = await Subscribed.To(
            new GraphQLExecutor(Tick.Schema(source)), GraphQLRequest.For("subscription { tick { number } }") with { ReportsCost = true });

        Assert.Equal(["""{"data":{"tick":{"number":1}},"extensions":{"cost":2}}"""], await subscribed.AllAsync());
    }

    [Fact]
    public async Task Loads_anew_for_each_event()
    {
        var loader = new DoubleLoader();
        var source = new TestSource(1, 1);
        source.End();
        var type = Object<object>(
            "Number", Later("twice", Int, async c => await c.Loader<DoubleLoader>().LoadAsync((int)c.Parent!, c.CancellationToken)));
        var schema = new Schema(
            Object("Query", Now("now", Int, _ => 1)),
            subscription: Object("Subscription", Resolved("number", type, _ => new ValueTask<object?>(source))));

        await using var subscribed = await Subscribed.To(
            new GraphQLExecutor(schema), GraphQLRequest.For("subscription { number { a: twice b: twice } }"), new TestRequest(default, loader));

        Assert.Equal(
            [Expect.Data("""{"number":{"a":2,"b":2}}"""), Expect.Data("""{"number":{"a":2,"b":2}}""")], await subscribed.AllAsync());
        Assert.Equal(["1", "1"], loader.Batches);
    }

    [Fact]
    public async Task Gives_each_event_a_time_of_its_own()
    {
        var source = new TestSource();
        var schema = new Schema(
            Object("Query", Now("now", Int, _ => 1)),
            subscription: Object(
                "Subscription",
                Resolved(
                    "number",
                    Object<object>(
                        "Number",
                        Later("slow", Int, async c =>
                        {
                            await Task.Delay(TimeSpan.FromSeconds((int)c.Parent!), _clock, c.CancellationToken);
                            return c.Parent;
                        })),
                    _ => new ValueTask<object?>(source))));
        await using var subscribed = await Subscribed.To(
            new GraphQLExecutor(schema, new() { Clock = _clock }), GraphQLRequest.For("subscription { number { slow } }"));

        // However long the first event lets wait.
        var next = subscribed.NextAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        source.Send(9);
        await _clock.WaitForTimersAsync(2, TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(Expect.Data("""{"number":{"slow":9}}"""), await next);

        next = subscribed.NextAsync();
        source.Send(11);
        await _clock.WaitForTimersAsync(2, TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(
            Expect.Failed(
                """{"number":{"slow":null}}""",
                Expect.Error("The request took longer than 10 seconds and was cancelled.", "TIMEOUT", [(1, 25)], ["number", "slow"])),
            await next);

        next = subscribed.NextAsync();
        source.Send(8);
        await _clock.WaitForTimersAsync(2, TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromSeconds(8));
        Assert.Equal(Expect.Data("""{"number":{"slow":8}}"""), await next);
    }

    [Fact]
    public async Task Ends_with_the_error_of_a_source_that_fails()
    {
        var filter = new Tick.Filter();
        var source = new TestSource(1);
        source.End(new InvalidOperationException("no more"));

        await using var subscribed = await Subscribed.To(
            new GraphQLExecutor(Tick.Schema(source), new() { ErrorFilter = filter }), GraphQLRequest.For("subscription { x: surely }"));

        Assert.Equal(Expect.Data("""{"x":1}"""), await subscribed.NextAsync());
        Assert.False(subscribed.Stream.HasFailed);
        Assert.Equal(Expect.Refused(Expect.Error("no more", "SEEN", [(1, 16)], ["x"])), await subscribed.NextAsync());
        Assert.True(subscribed.Stream.HasFailed);
        Assert.Null(await subscribed.NextAsync());
        Assert.Equal(["no more"], filter.Seen);
        Assert.Equal(1, source.Disposals);
    }

    [Fact]
    public async Task Masks_the_exception_of_a_source_where_there_is_no_filter()
    {
        var source = new TestSource();
        source.End(new InvalidOperationException("secret"));
        await using var subscribed = await Subscribed.To(Tick.Schema(source), "subscription { surely }");
        Assert.Equal(Expect.Refused(Expect.Masked(16, "surely")), await subscribed.NextAsync());
    }

    private sealed class DoubleLoader : BatchDataLoader<int, object>
    {
        public List<string> Batches { get; } = [];

        protected override Task<IReadOnlyDictionary<int, object>> LoadBatchAsync(IReadOnlyList<int> keys, CancellationToken cancellationToken)
        {
            Batches.Add(string.Join(' ', keys));
            return Task.FromResult<IReadOnlyDictionary<int, object>>(keys.ToDictionary(k => k, k => (object)(k * 2)));
        }
    }
}

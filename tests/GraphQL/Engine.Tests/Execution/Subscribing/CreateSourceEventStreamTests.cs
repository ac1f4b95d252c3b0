using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;
using Apc.TestKit;
using static Apc.GraphQL.Tests.Execution.Fields;

namespace Apc.GraphQL.Tests.Execution.Subscribing;

[SpecSection("sec-Subscription")]
[SpecSection("sec-Source-Stream")]
public class CreateSourceEventStreamTests
{
    private const string Document = "subscription { tick { number } }";

    private readonly FakeClock _clock = new();

    [Theory]
    [InlineData("{ now }", OperationType.Query, """{"now":1}""")]
    [InlineData("mutation { wind }", OperationType.Mutation, """{"wind":2}""")]
    public async Task Answers_any_other_operation_at_once(string document, OperationType operation, string data)
    {
        var subscribed = await Subscribed.To(Tick.Schema(new TestSource()), document);

        Assert.Equal(Expect.Data(data), subscribed.Text);
        Assert.Null(subscribed.Result.Stream);
        Assert.Equal(new GraphQLResponse(ResponseKind.Executed, operation, HasErrors: false), subscribed.Result.Response);
    }

    [Theory]
    [InlineData("subscription { tick { number }", ResponseKind.ParseFailed)]
    [InlineData("subscription { tick { weight } }", ResponseKind.ValidationFailed)]
    [InlineData("subscription { tick { number } ticks { number } }", ResponseKind.ValidationFailed)]
    [InlineData("subscription ($from: Int!) { tick(from: $from) { number } }", ResponseKind.VariablesInvalid)]
    public async Task Refuses_what_cannot_be_executed_before_the_source_is_asked(string document, ResponseKind kind)
    {
        var subscribed = await Subscribed.To(Tick.Schema(_ => throw new InvalidOperationException("asked")), document);

        Assert.Null(subscribed.Result.Stream);
        Assert.Equal(kind, subscribed.Result.Response.Kind);
        Assert.StartsWith("""{"errors":[{""", subscribed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writes_nothing_where_a_stream_begins()
    {
        await using var subscribed = await Subscribed.To(Tick.Schema(new TestSource()), Document);

        Assert.Empty(subscribed.Text);
        Assert.Equal(new GraphQLResponse(ResponseKind.Executed, OperationType.Subscription, HasErrors: false), subscribed.Result.Response);
    }

    [Theory]
    [InlineData("subscription { tick { number } }", null, "0 absent")]
    [InlineData("subscription { tick(from: 3, step: null) { number } }", null, "3 null")]
    [InlineData("subscription ($from: Int!, $step: Int) { tick(from: $from, step: $step) { number } }", """{"from":4}""", "4 absent")]
    [InlineData("subscription ($from: Int = 5, $step: Int) { x: tick(from: $from, step: $step) { number } }", """{"step":6}""", "5 6")]
    public async Task Gives_the_resolver_its_arguments(string document, string? variables, string expected)
    {
        string? seen = null;
        var schema = Tick.Schema(c =>
        {
            seen = string.Join(' ', c.Arguments.Select(a => a == Absent.Value ? "absent" : a?.ToString() ?? "null"));
            return new ValueTask<object?>(new TestSource());
        });

        await using var subscribed = await Subscribed.To(schema, document, variables);
        Assert.NotNull(subscribed.Stream);
        Assert.Equal(expected, seen);
    }

    [Fact]
    public async Task Refuses_arguments_that_do_not_fit() => Assert.Equal(
        Expect.Refused(Expect.Error("Argument \"from\" of non-null type \"Int!\" must not be null.", "BAD_USER_INPUT", [(1, 46)], ["tick"])),
        await RefusalAsync(Tick.Schema(new TestSource()), "subscription ($from: Int = 1) { tick(from:   $from) { number } }", """{"from":null}"""));

    [Fact]
    public async Task Refuses_with_the_failure_of_the_resolver() => Assert.Equal(
        Expect.Refused(Expect.Masked(16, "tick")), await RefusalAsync(Tick.Schema(_ => throw new InvalidOperationException("secret")), Document));

    [Fact]
    public async Task Refuses_with_a_failure_that_comes_later() => Assert.Equal(
        Expect.Refused(Expect.Masked(16, "mine")),
        await RefusalAsync(
            Tick.Schema(async _ =>
            {
                await Task.Yield();
                throw new InvalidOperationException("secret");
            }),
            "subscription { mine: tick { number } }"));

    [Fact]
    public async Task Shows_the_filter_why_there_is_no_stream()
    {
        var filter = new Tick.Filter();
        var executor = new GraphQLExecutor(Tick.Schema(_ => throw new InvalidOperationException("full")), new() { ErrorFilter = filter });

        var subscribed = await Subscribed.To(executor, GraphQLRequest.For(Document));

        Assert.Equal(Expect.Refused(Expect.Error("full", "SEEN", [(1, 16)], ["tick"])), subscribed.Text);
        Assert.Equal(["full"], filter.Seen);
    }

    [Theory]
    [InlineData(null, "Subscription.tick must give an IAsyncEnumerable<object?>, but gave null.")]
    [InlineData("text", "Subscription.tick must give an IAsyncEnumerable<object?>, but gave String.")]
    public async Task Fails_where_the_resolver_gives_no_stream(object? value, string message)
    {
        var filter = new Tick.Filter();
        var executor = new GraphQLExecutor(Tick.Schema(_ => new ValueTask<object?>(value)), new() { ErrorFilter = filter });

        var subscribed = await Subscribed.To(executor, GraphQLRequest.For(Document));

        Assert.Equal(Expect.Refused(Expect.Error(message, "SEEN", [(1, 16)], ["tick"])), subscribed.Text);
    }

    [Fact]
    public async Task Fails_where_the_field_has_no_resolver() => Assert.Equal(
        Expect.Refused(Expect.Masked(16, "tick")),
        await RefusalAsync(
            new Schema(Object("Query", Now("now", Int, _ => 1)), subscription: Object("Subscription", new FieldDefinition("tick", Int))),
            "subscription { tick }"));

    [Fact]
    public async Task Gives_the_making_of_a_stream_the_time_of_a_request()
    {
        var executor = new GraphQLExecutor(
            Tick.Schema(async c =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, c.CancellationToken);
                return null;
            }),
            new() { Clock = _clock });

        var subscribing = Subscribed.To(executor, GraphQLRequest.For(Document));
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(
            Expect.Refused(Expect.Error("The request took longer than 10 seconds and was cancelled.", "TIMEOUT", [(1, 16)], ["tick"])),
            (await subscribing).Text);
        Assert.Equal(0, _clock.ArmedTimers);
    }

    [Fact]
    public async Task Lets_go_of_a_stream_that_was_made_too_late()
    {
        var source = new TestSource();
        var made = new TaskCompletionSource<object?>();
        var executor = new GraphQLExecutor(Tick.Schema(_ => new ValueTask<object?>(made.Task)), new() { Clock = _clock });

        var subscribing = Subscribed.To(executor, GraphQLRequest.For(Document));
        _clock.Advance(TimeSpan.FromSeconds(10));
        made.SetResult(source);

        Assert.Contains("TIMEOUT", (await subscribing).Text, StringComparison.Ordinal);
        Assert.Equal(1, source.Disposals);
    }

    [Fact]
    public async Task Throws_and_lets_go_of_the_stream_when_the_caller_leaves_meanwhile()
    {
        using var caller = new CancellationTokenSource();
        var source = new TestSource();
        var made = new TaskCompletionSource<object?>();
        var executor = new GraphQLExecutor(Tick.Schema(_ => new ValueTask<object?>(made.Task)), new() { Clock = _clock });

        var subscribing = Subscribed.To(executor, GraphQLRequest.For(Document), new TestRequest(caller.Token));
        await caller.CancelAsync();
        made.SetResult(source);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => subscribing);
        Assert.Equal(1, source.Disposals);
        Assert.Equal(0, _clock.ArmedTimers);
    }

    [Fact]
    public async Task Leaves_no_timer_behind_while_the_stream_waits()
    {
        await using var subscribed = await Subscribed.To(
            new GraphQLExecutor(Tick.Schema(new TestSource()), new() { Clock = _clock }), GraphQLRequest.For(Document));
        Assert.Equal(0, _clock.ArmedTimers);
    }

    [Fact]
    public async Task Refuses_a_subscription_over_a_transport_that_answers_once()
    {
        var answer = await Run.Async(new GraphQLExecutor(Tick.Schema(new TestSource())), GraphQLRequest.For(Document));

        Assert.Equal(Expect.Refused(Expect.Error("Subscriptions are not answered over this transport.", "BAD_USER_INPUT", [])), answer.Text);
        Assert.Equal(new GraphQLResponse(ResponseKind.SubscriptionRefused, OperationType.Subscription, HasErrors: true), answer.Response);
    }

    [Theory]
    [InlineData("  subscription { tick }", OperationType.Subscription, "subscription")]
    [InlineData("  mutation { wind }", OperationType.Mutation, "mutation")]
    public async Task Refuses_a_kind_of_operation_that_the_schema_does_not_have(string document, OperationType operation, string word)
    {
        var subscribed = await Subscribed.To(new Schema(Object("Query", Now("now", Int, _ => 1))), document);

        Assert.Equal(
            Expect.Refused(Expect.Error($"Schema is not configured to execute {word} operation.", "OPERATION_RESOLUTION_FAILURE", [(1, 3)])),
            subscribed.Text);
        Assert.Equal(new GraphQLResponse(ResponseKind.OperationNotFound, operation, HasErrors: true), subscribed.Result.Response);
    }

    private static async Task<string> RefusalAsync(Schema schema, string document, string? variables = null)
    {
        var subscribed = await Subscribed.To(schema, document, variables);
        Assert.Null(subscribed.Result.Stream);
        Assert.Equal(new GraphQLResponse(ResponseKind.SubscriptionFailed, OperationType.Subscription, HasErrors: true), subscribed.Result.Response);
        return subscribed.Text;
    }
}

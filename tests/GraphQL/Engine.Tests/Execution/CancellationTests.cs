using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Types;
using Apc.TestKit;
using static Apc.GraphQL.Tests.Execution.Fields;

namespace Apc.GraphQL.Tests.Execution;

public class CancellationTests
{
    private const string TimedOut = "The request took longer than 10 seconds and was cancelled.";

    private readonly FakeClock _clock = new();

    [Fact]
    public async Task Fails_what_is_not_done_when_the_time_is_up()
    {
        var executor = new GraphQLExecutor(Patient(), new() { Clock = _clock });

        var answer = Run.Async(executor, GraphQLRequest.For("{ now forever x: now }"));
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(
            Expect.Failed("""{"now":1,"forever":null,"x":1}""", Expect.Error(TimedOut, "TIMEOUT", [(1, 7)], ["forever"])),
            (await answer).Text);
    }

    [Fact]
    public async Task Waits_until_the_time_is_up()
    {
        var executor = new GraphQLExecutor(Patient(), new() { Clock = _clock });

        var answer = Run.Async(executor, GraphQLRequest.For("{ forever }"));
        _clock.Advance(TimeSpan.FromSeconds(9.999));
        Assert.False(answer.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.001));

        Assert.Contains("TIMEOUT", (await answer).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Starts_nothing_more_when_the_time_is_up()
    {
        var started = 0;
        var schema = new Schema(
            Object("Query", Now("now", Int, _ => 1)),
            Object(
                "Mutation",
                Later("stubborn", Int, c => AnswersWhenCancelled(c.CancellationToken)),
                Now("next", Int, _ => ++started)));
        var executor = new GraphQLExecutor(schema, new() { Clock = _clock });

        var answer = Run.Async(executor, GraphQLRequest.For("mutation { stubborn next }"));
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(
            Expect.Failed("""{"stubborn":1,"next":null}""", Expect.Error(TimedOut, "TIMEOUT", [(1, 21)], ["next"])), (await answer).Text);
        Assert.Equal(0, started);
    }

    [Fact]
    public async Task Gives_an_operation_the_longest_time_that_one_of_its_root_fields_has()
    {
        var answer = Run.Async(new GraphQLExecutor(Patient(timeout: TimeSpan.FromSeconds(20)), new() { Clock = _clock }), GraphQLRequest.For("{ now forever }"));
        _clock.Advance(TimeSpan.FromSeconds(19));
        Assert.False(answer.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Contains("The request took longer than 20 seconds and was cancelled.", (await answer).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arms_no_timer_for_delegates_that_answer_at_once()
    {
        await Run.Async(new GraphQLExecutor(Patient(), new() { Clock = _clock }), GraphQLRequest.For("{ now }"));
        Assert.Equal(0, _clock.ArmedTimers);
    }

    [Fact]
    public async Task Leaves_no_timer_behind()
    {
        var answer = Run.Async(new GraphQLExecutor(Patient(), new() { Clock = _clock }), GraphQLRequest.For("{ forever }"));
        Assert.Equal(1, _clock.ArmedTimers);
        _clock.Advance(TimeSpan.FromSeconds(10));
        await answer;
        Assert.Equal(0, _clock.ArmedTimers);
    }

    [Theory]
    [InlineData("{ forever }")]
    [InlineData("mutation { forever }")]
    public async Task Throws_when_the_caller_has_left(string document)
    {
        using var caller = new CancellationTokenSource();
        var answer = Run.Async(
            new GraphQLExecutor(Patient(), new() { Clock = _clock }), GraphQLRequest.For(document), new TestRequest(caller.Token));

        Assert.False(answer.IsCompleted);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        Assert.Equal(0, _clock.ArmedTimers);
    }

    [Fact]
    public async Task Masks_a_cancellation_that_is_the_delegates_own()
    {
        var schema = new Schema(Object("Query", Now("gaveUp", Int, _ => throw new TaskCanceledException())));
        Assert.Equal(Expect.Failed("""{"gaveUp":null}""", Expect.Masked(3, "gaveUp")), await Run.Async(schema, "{ gaveUp }"));
    }

    private static Schema Patient(TimeSpan? timeout = null)
    {
        var forever = Later("forever", Int, async c =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, c.CancellationToken);
            return 2;
        });
        FieldDefinition[] fields = [Now("now", Int, _ => 1), new("forever", Int) { Resolver = forever.Resolver, Timeout = timeout }];
        return new Schema(Object("Query", fields), Object("Mutation", fields));
    }

    private static async Task<object?> AnswersWhenCancelled(CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(cancelled.SetResult);
        await cancelled.Task;
        return 1;
    }
}

using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.Types.Resolvers;
using Apc.TestKit;
using Npgsql;

namespace Apc.ControlPlane.Api.Tests.Access.Tokens;

public sealed class CallerWatchTests
{
    private readonly FakeClock _clock = new();
    private readonly TaskCompletionSource<Exception> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Asks_four_times_a_second_and_ends_the_stream_when_the_caller_may_not_have_it_any_more()
    {
        var request = new Asked();
        await using var watch = new CallerWatch(request, caller => caller.RequireSignedIn(), _end.SetResult, _clock);

        for (var i = 0; i < 4; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(250));
            Assert.True(await request.Times.WaitAsync(TimeSpan.FromSeconds(30), Cancellation));
        }

        Assert.False(_end.Task.IsCompleted);
        request.Answer = () => Caller.Anonymous;
        _clock.Advance(TimeSpan.FromMilliseconds(250));
        Assert.IsType<NotSignedInException>(await _end.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation));
    }

    [Fact]
    public async Task Tells_who_the_caller_is_now()
    {
        var request = new Asked();
        await using var watch = new CallerWatch(request, _ => { }, _end.SetResult, _clock);

        Assert.Same(request.SignedIn, await watch.AskAsync(Cancellation));
        request.Answer = () => Caller.Anonymous;
        Assert.Same(Caller.Anonymous, await watch.AskAsync(Cancellation));
    }

    [Fact]
    public async Task Lets_nobody_through_while_the_database_does_not_answer_and_ends_nothing()
    {
        var request = new Asked { Answer = () => throw new NpgsqlException("gone") };
        await using var watch = new CallerWatch(request, caller => caller.RequireSignedIn(), _end.SetResult, _clock);

        var asking = watch.AskAsync(Cancellation).AsTask();
        await _clock.WaitForTimersAsync(2, Cancellation);
        _clock.Advance(CallerWatch.Interval);
        await _clock.WaitForTimersAsync(2, Cancellation);
        Assert.False(asking.IsCompleted);

        request.Answer = () => request.SignedIn;

        while (!asking.IsCompleted)
        {
            Cancellation.ThrowIfCancellationRequested();
            _clock.Advance(CallerWatch.Interval);
            await Task.Yield();
        }

        Assert.Same(request.SignedIn, await asking);
        Assert.False(_end.Task.IsCompleted);
    }

    [Fact]
    public async Task Ends_the_stream_with_what_nobody_expects()
    {
        var request = new Asked { Answer = () => throw new InvalidOperationException("broken") };
        await using var watch = new CallerWatch(request, _ => { }, _end.SetResult, _clock);

        _clock.Advance(CallerWatch.Interval);

        Assert.Equal("broken", (await _end.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation)).Message);
    }

    [Fact]
    public async Task Leaves_no_timer_behind()
    {
        var watch = new CallerWatch(new Asked(), _ => { }, _end.SetResult, _clock);
        Assert.Equal(1, _clock.ArmedTimers);

        await watch.DisposeAsync();

        Assert.Equal(0, _clock.ArmedTimers);
    }

    private sealed class Asked : RequestContext
    {
        public Caller SignedIn { get; } = new() { Id = Guid.NewGuid(), Permissions = EffectivePermissions.None };

        public Func<Caller>? Answer { get; set; }

        /// <summary>Released for each question.</summary>
        public SemaphoreSlim Times { get; } = new(0);

        public override IServiceProvider Services => throw new NotSupportedException();

        public override object? Caller => SignedIn;

        public override CancellationToken CancellationToken => default;

        public override ValueTask<object?> ReauthenticateAsync()
        {
            Times.Release();
            return new(Answer is { } answer ? answer() : SignedIn);
        }
    }
}

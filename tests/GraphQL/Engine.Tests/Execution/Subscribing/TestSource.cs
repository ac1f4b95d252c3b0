using System.Threading.Channels;

namespace Apc.GraphQL.Tests.Execution.Subscribing;

/// <summary>A source stream that a test feeds, and that tells whether anybody still listens.</summary>
internal sealed class TestSource : IAsyncEnumerable<object?>, IAsyncEnumerator<object?>
{
    private readonly Channel<object?> _events = Channel.CreateUnbounded<object?>();
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isBegun;

    /// <param name="events">What is there from the beginning.</param>
    public TestSource(params object?[] events) => Array.ForEach(events, Send);

    public object? Current { get; private set; }

    /// <summary>Completes when somebody waits for an event that is not there yet.</summary>
    public Task Asked => _asked.Task;

    public int Disposals { get; private set; }

    public bool IsAskedNow { get; private set; }

    public CancellationToken Token { get; private set; }

    public Exception? FailsWhenDisposed { get; init; }

    public void Send(object? value) => Assert.True(_events.Writer.TryWrite(value));

    public void End(Exception? failure = null) => Assert.True(_events.Writer.TryComplete(failure));

    public IAsyncEnumerator<object?> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        Assert.False(_isBegun);
        _isBegun = true;
        Token = cancellationToken;
        return this;
    }

    public async ValueTask<bool> MoveNextAsync()
    {
        Assert.Equal(0, Disposals);
        IsAskedNow = true;

        try
        {
            var waiting = _events.Reader.WaitToReadAsync(Token);

            if (!waiting.IsCompleted)
            {
                _asked.TrySetResult();
            }

            if (!await waiting)
            {
                return false;
            }

            Current = await _events.Reader.ReadAsync(Token);
            return true;
        }
        finally
        {
            IsAskedNow = false;
        }
    }

    public ValueTask DisposeAsync()
    {
        Assert.False(IsAskedNow, "The source was let go of while it was asked for its next event.");
        Disposals++;
        return FailsWhenDisposed is { } failure ? ValueTask.FromException(failure) : ValueTask.CompletedTask;
    }
}

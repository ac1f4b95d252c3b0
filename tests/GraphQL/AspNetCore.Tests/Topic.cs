using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Apc.GraphQL.AspNetCore.Tests;

/// <summary>What a test publishes to the subscribers of the field <c>ticks</c>, and what it can learn of them.</summary>
public sealed class Topic
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly List<Channel<object?>> _subscribers = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many values the field <c>flood</c> has given, once its one subscriber was let go of.</summary>
    public TaskCompletionSource<int> FloodEnded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gives all subscribers a value.</summary>
    public void Publish(object? value) => ForEach(channel => channel.Writer.TryWrite(value));

    /// <summary>Ends the source streams of all subscribers.</summary>
    public void Complete() => ForEach(channel => channel.Writer.TryComplete());

    /// <summary>Waits until exactly so many subscribe.</summary>
    public async Task WaitForSubscribersAsync(int count)
    {
        while (true)
        {
            Task changed;

            lock (_lock)
            {
                if (_subscribers.Count == count)
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
    }

    internal async IAsyncEnumerable<object?> SubscribeAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<object?>();
        Change(() => _subscribers.Add(channel));

        try
        {
            await foreach (var value in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return value;
            }
        }
        finally
        {
            Change(() => _subscribers.Remove(channel));
        }
    }

    private void ForEach(Action<Channel<object?>> action)
    {
        lock (_lock)
        {
            _subscribers.ForEach(action);
        }
    }

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
            _changed.SetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}

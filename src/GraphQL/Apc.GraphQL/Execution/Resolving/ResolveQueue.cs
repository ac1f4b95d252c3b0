using System.Threading.Tasks.Sources;
using Apc.GraphQL.Execution.DataLoader;

namespace Apc.GraphQL.Execution.Resolving;

/// <summary>
/// The queue from other threads to the resolving thread: fields whose tasks have completed, and loaders with new keys.
/// The resolving thread waits here when it has nothing left to start.
/// </summary>
internal sealed class ResolveQueue : IValueTaskSource
{
    private readonly Lock _gate = new();
    private readonly Queue<FieldExecution> _completed = [];
    private List<RequestLoader> _loaders = [];
    private ManualResetValueTaskSourceCore<bool> _wake;
    private bool _isWaiting;
    private int _holds;

    /// <summary>Queues a field whose task has completed. May continue the resolving work on this thread before it returns.</summary>
    public void Complete(FieldExecution field)
    {
        bool wakes;

        lock (_gate)
        {
            _completed.Enqueue(field);
            wakes = StopsWaiting();
        }

        if (wakes)
        {
            _wake.RunContinuationsAsynchronously = false;
            _wake.SetResult(true);
        }
    }

    /// <summary>Queues a loader that has its first key since it last sent a batch.</summary>
    public void Enlist(RequestLoader loader)
    {
        bool wakes;

        lock (_gate)
        {
            _loaders.Add(loader);
            wakes = StopsWaiting();
        }

        if (wakes)
        {
            // Asynchronously, because the caller may add further keys.
            _wake.RunContinuationsAsynchronously = true;
            _wake.SetResult(true);
        }
    }

    /// <summary>Called before a batch completes its keys: the resolving thread waits until all of them are completed.</summary>
    public void Hold()
    {
        lock (_gate)
        {
            _holds++;
        }
    }

    /// <summary>Ends a <see cref="Hold"/>.</summary>
    public void Release()
    {
        bool wakes;

        lock (_gate)
        {
            _holds--;
            wakes = StopsWaiting();
        }

        if (wakes)
        {
            _wake.RunContinuationsAsynchronously = false;
            _wake.SetResult(true);
        }
    }

    /// <summary>The next field whose task has completed, or null.</summary>
    public FieldExecution? TakeCompleted()
    {
        lock (_gate)
        {
            return _completed.TryDequeue(out var field) ? field : null;
        }
    }

    /// <summary>
    /// Lets the loaders with keys send them; false if no loader has keys. While a batch completes its keys no loader sends, since the
    /// completed fields may add more keys.
    /// </summary>
    public bool SendLoaders()
    {
        List<RequestLoader> loaders;

        lock (_gate)
        {
            if (_loaders.Count == 0 || _holds > 0)
            {
                return false;
            }

            loaders = _loaders;
            _loaders = [];
        }

        foreach (var loader in loaders)
        {
            loader.Send();
        }

        return true;
    }

    /// <summary>Completes when a field has completed or a loader has keys.</summary>
    public ValueTask WaitAsync()
    {
        lock (_gate)
        {
            if (_holds == 0 && (_completed.Count > 0 || _loaders.Count > 0))
            {
                return ValueTask.CompletedTask;
            }

            _wake.Reset();
            _isWaiting = true;
            return new ValueTask(this, _wake.Version);
        }
    }

    void IValueTaskSource.GetResult(short token) => _wake.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _wake.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _wake.OnCompleted(continuation, state, token, flags);

    /// <summary>Called under the lock. True if the caller must wake the resolving thread after it has left the lock.</summary>
    private bool StopsWaiting()
    {
        if (!_isWaiting || _holds > 0 || (_completed.Count == 0 && _loaders.Count == 0))
        {
            return false;
        }

        _isWaiting = false;
        return true;
    }
}

using System.Threading.Tasks.Sources;
using Apc.GraphQL.Execution.DataLoader;

namespace Apc.GraphQL.Execution.Resolving;

/// <summary>
/// What other threads have for the one that resolves: fields whose tasks have completed, and loaders that were given keys.
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

    /// <summary>A field's task has completed. May run the resolving thread's work before it returns.</summary>
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

    /// <summary>A loader was given its first key since it last sent a batch.</summary>
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
            // Not at once: whoever gave the key may be about to give more.
            _wake.RunContinuationsAsynchronously = true;
            _wake.SetResult(true);
        }
    }

    /// <summary>A batch is about to complete its keys: the resolving thread sleeps until all of them have been taken in.</summary>
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
    /// Lets the loaders that have keys send them; false where none has any. While a batch completes none is asked, since that brings
    /// more keys.
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

    /// <summary>Completes when there is something to take.</summary>
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

    /// <summary>Called under the lock: true where the caller must wake the resolving thread, once it has left the lock.</summary>
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

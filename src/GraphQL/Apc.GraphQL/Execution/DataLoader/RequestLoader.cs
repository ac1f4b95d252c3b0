using Apc.GraphQL.Execution.Resolving;

namespace Apc.GraphQL.Execution.DataLoader;

/// <summary>The engine's view of a loader: it belongs to one request, collects keys, and the engine decides when it sends them.</summary>
public abstract class RequestLoader
{
    private ResolveQueue? _queue;

    private protected RequestLoader()
    {
    }

    /// <summary>Cancelled when the caller of the request has left or its time is up.</summary>
    private protected CancellationToken RequestCancellation { get; private set; }

    /// <summary>Joins the execution of one request. Values loaded for an earlier request are dropped.</summary>
    internal void Join(ResolveQueue queue, CancellationToken cancellationToken)
    {
        _queue = queue;
        RequestCancellation = cancellationToken;
        Forget();
    }

    /// <summary>Drops the loaded values, so that they are read again: a field of a mutation may have changed them.</summary>
    internal abstract void Forget();

    /// <summary>Sends the keys that were collected.</summary>
    internal abstract void Send();

    /// <summary>Asks the queue to call <see cref="Send"/>. Outside an execution the thread pool calls it as soon as it can.</summary>
    private protected void AskToSend()
    {
        if (_queue is { } queue)
        {
            queue.Enlist(this);
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(static loader => loader.Send(), this, preferLocal: false);
        }
    }

    /// <summary>
    /// Until <see cref="Release"/> no new batch is sent: the fields that wait for the completing keys may request more keys.
    /// </summary>
    private protected void Hold() => _queue?.Hold();

    private protected void Release() => _queue?.Release();
}

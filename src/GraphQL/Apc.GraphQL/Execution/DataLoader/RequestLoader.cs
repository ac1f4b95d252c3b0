using Apc.GraphQL.Execution.Resolving;

namespace Apc.GraphQL.Execution.DataLoader;

/// <summary>What the engine knows of a loader: it belongs to one request, collects keys and is told when to send them.</summary>
public abstract class RequestLoader
{
    private ResolveQueue? _queue;

    private protected RequestLoader()
    {
    }

    /// <summary>Cancelled when the caller of the request has left or its time is up.</summary>
    private protected CancellationToken RequestCancellation { get; private set; }

    /// <summary>Joins the execution of one request. What was loaded for another is forgotten.</summary>
    internal void Join(ResolveQueue queue, CancellationToken cancellationToken)
    {
        _queue = queue;
        RequestCancellation = cancellationToken;
        Forget();
    }

    /// <summary>Forgets what was loaded, so that it is read again: after a mutation's field it may have changed.</summary>
    internal abstract void Forget();

    /// <summary>Sends the keys that were collected.</summary>
    internal abstract void Send();

    /// <summary>Asks to be told when to send. Outside an execution that is as soon as the thread pool comes to it.</summary>
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

    /// <summary>While a batch completes its keys, nothing new is sent: what waits for them may ask for more.</summary>
    private protected void Hold() => _queue?.Hold();

    private protected void Release() => _queue?.Release();
}

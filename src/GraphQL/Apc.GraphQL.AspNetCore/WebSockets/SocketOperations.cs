namespace Apc.GraphQL.AspNetCore.WebSockets;

/// <summary>
/// The operations of one connection: those that the client can end by their ids, and those that have not yet stopped. Thread-safe.
/// </summary>
internal sealed class SocketOperations(int max)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SocketOperation> _byId = [];
    private readonly Dictionary<SocketOperation, Task> _running = [];

    public bool IsFull
    {
        get
        {
            lock (_lock)
            {
                return _running.Count >= max;
            }
        }
    }

    public bool Contains(string id)
    {
        lock (_lock)
        {
            return _byId.ContainsKey(id);
        }
    }

    /// <summary>Starts an operation whose id is free. It runs in the background and is disposed at its end.</summary>
    public void Run(SocketOperation operation, Func<SocketOperation, Task> run)
    {
        lock (_lock)
        {
            _byId.Add(operation.Id.Key, operation);
            _running.Add(operation, Task.CompletedTask);
        }

        var running = RunAsync(operation, run);

        lock (_lock)
        {
            if (_running.ContainsKey(operation))
            {
                _running[operation] = running;
            }
        }
    }

    /// <summary>Frees the id of an operation that has completed; false if the client has ended it before.</summary>
    public bool TryRelease(SocketOperation operation)
    {
        lock (_lock)
        {
            return _byId.TryGetValue(operation.Id.Key, out var current)
                && current == operation
                && _byId.Remove(operation.Id.Key);
        }
    }

    /// <summary>Ends an operation at the client's request; null if there is none with this id.</summary>
    public SocketOperation? End(string id)
    {
        SocketOperation? operation;

        lock (_lock)
        {
            if (!_byId.Remove(id, out operation))
            {
                return null;
            }

        }

        // Not awaited: callbacks of the token run on other threads, and RunAsync removes the operation at its end.
        _ = operation.EndAsync();
        return operation;
    }

    /// <summary>Ends all operations. No further one may be started.</summary>
    public void EndAll()
    {
        lock (_lock)
        {
            _byId.Clear();

            foreach (var operation in _running.Keys)
            {
                _ = operation.EndAsync();
            }
        }
    }

    /// <summary>Ends all operations and waits until they are disposed.</summary>
    public async Task CloseAsync()
    {
        EndAll();
        Task[] running;

        lock (_lock)
        {
            running = [.. _running.Values];
        }

        await Task.WhenAll(running);
    }

    private async Task RunAsync(SocketOperation operation, Func<SocketOperation, Task> run)
    {
        try
        {
            await run(operation);
        }
        finally
        {
            TryRelease(operation);
            await operation.DisposeAsync();

            lock (_lock)
            {
                _running.Remove(operation);
            }
        }
    }
}

namespace Apc.GraphQL.Execution.DataLoader;

/// <summary>
/// Loads values by key: the keys that fields of one level request form one batch. Each key is loaded once in a request, and again after
/// each root field of a mutation. One instance serves one request; it is safe for the threads of that request.
/// </summary>
public abstract class BatchDataLoader<TKey, TValue> : RequestLoader
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private Dictionary<TKey, TaskCompletionSource<TValue?>> _promises = [];
    private List<TKey> _waiting = [];
    private Dictionary<TKey, Exception>? _refused;

    /// <summary>
    /// Most keys in one batch; more keys are split into several batches, which run concurrently. At least 1; 1,000 unless overridden.
    /// </summary>
    protected virtual int MaxBatchSize => 1_000;

    /// <summary>
    /// The value of a key; the default of <typeparamref name="TValue"/> (null for objects) if the batch has no value for it. The task fails
    /// with the exception of the key's batch. It may be awaited more than once. Cancellation ends the wait, not the batch, which ends with
    /// the request.
    /// </summary>
    /// <param name="key">The key; equal keys are loaded once.</param>
    public Task<TValue?> LoadAsync(TKey key, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<TValue?>(cancellationToken);
        }

        TaskCompletionSource<TValue?>? promise;
        bool isFirst;

        lock (_gate)
        {
            if (_promises.TryGetValue(key, out promise))
            {
                isFirst = false;
            }
            else
            {
                promise = new TaskCompletionSource<TValue?>();
                _promises.Add(key, promise);
                _waiting.Add(key);
                isFirst = _waiting.Count == 1;
            }
        }

        if (isFirst)
        {
            AskToSend();
        }

        return cancellationToken == RequestCancellation ? promise.Task : promise.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Loads one batch. The token is cancelled when the request ends early.</summary>
    /// <param name="keys">Distinct keys in the order of the first request for each; 1 to <see cref="MaxBatchSize"/>.</param>
    /// <returns>The values found. Keys may be missing; keys that were not requested are ignored.</returns>
    protected abstract Task<IReadOnlyDictionary<TKey, TValue>> LoadBatchAsync(
        IReadOnlyList<TKey> keys, CancellationToken cancellationToken);

    /// <summary>Called by a batch for one of its keys: only that key fails, even if the batch returns a value for it.</summary>
    protected void Refuse(TKey key, Exception reason)
    {
        lock (_gate)
        {
            (_refused ??= [])[key] = reason;
        }
    }

    internal override void Forget()
    {
        lock (_gate)
        {
            // Keys that still wait keep their promises.
            var waiting = new HashSet<TKey>(_waiting);
            _promises = _promises.Where(p => waiting.Contains(p.Key)).ToDictionary();
        }
    }

    internal override void Send()
    {
        List<TKey> keys;
        Dictionary<TKey, TaskCompletionSource<TValue?>> promises;

        lock (_gate)
        {
            keys = _waiting;
            promises = keys.ToDictionary(k => k, k => _promises[k]);
            _waiting = [];
        }

        foreach (var batch in keys.Chunk(MaxBatchSize))
        {
            _ = SendAsync(batch, promises);
        }
    }

    private async Task SendAsync(TKey[] keys, Dictionary<TKey, TaskCompletionSource<TValue?>> promises)
    {
        IReadOnlyDictionary<TKey, TValue>? values = null;
        Exception? failure = null;

        try
        {
            values = await LoadBatchAsync(keys, RequestCancellation);
        }
        catch (Exception e)
        {
            failure = e;
        }

        Hold();

        foreach (var key in keys)
        {
            if ((failure ?? RefusalOf(key)) is { } reason)
            {
                promises[key].SetException(reason);
            }
            else
            {
                promises[key].SetResult(values!.TryGetValue(key, out var value) ? value : default);
            }
        }

        Release();
    }

    private Exception? RefusalOf(TKey key)
    {
        lock (_gate)
        {
            return _refused is not null && _refused.Remove(key, out var reason) ? reason : null;
        }
    }
}

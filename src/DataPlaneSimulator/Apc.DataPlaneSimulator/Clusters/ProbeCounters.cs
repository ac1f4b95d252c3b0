using System.Collections.Concurrent;

namespace Apc.Simulation.Clusters;

/// <summary>Counts probes in total and for each cluster, and lets a test wait for a count.</summary>
internal sealed class ProbeCounters
{
    /// <summary>Most names with a counter; probes of further names count only in the total.</summary>
    public const int MaxNames = 1_000_000;

    private volatile Counts _counts = new();
    private volatile int _waiting;
    private TaskCompletionSource _changed = NewSignal();

    public ProbeCount Total => _counts.Total.Read();

    public ProbeCount Of(string name) => _counts.ByName.TryGetValue(name, out var counter) ? counter.Read() : default;

    public IEnumerable<KeyValuePair<string, ProbeCount>> All()
        => _counts.ByName.Select(c => KeyValuePair.Create(c.Key, c.Value.Read()));

    /// <summary>Sets all counts to zero. A probe that is open now does not change the new counts when it ends.</summary>
    public void Reset()
    {
        _counts = new Counts();
        Signal();
    }

    /// <summary>Counts a probe as open until the returned value is disposed.</summary>
    public Probe Enter(string name)
    {
        var counts = _counts;
        counts.Total.Enter();
        var counter = counts.Of(name);
        counter?.Enter();
        Signal();
        return new Probe(this, counts.Total, counter);
    }

    /// <summary>Completes when the condition is true for the counts of the name, or of all clusters if it is null.</summary>
    public async Task<ProbeCount> WaitAsync(string? name, Func<ProbeCount, bool> until, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);

        try
        {
            while (true)
            {
                // Take the signal before reading the count, so that a change in between is not missed.
                var changed = Volatile.Read(ref _changed).Task;
                var count = name is null ? Total : Of(name);

                if (until(count))
                {
                    return count;
                }

                await changed.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private void Signal()
    {
        if (_waiting > 0)
        {
            Interlocked.Exchange(ref _changed, NewSignal()).TrySetResult();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>One open probe.</summary>
    internal readonly struct Probe(ProbeCounters owner, Counter total, Counter? counter) : IDisposable
    {
        public void Dispose()
        {
            counter?.Leave();
            total.Leave();
            owner.Signal();
        }
    }

    /// <summary>The counts of one cluster or of all. Thread-safe.</summary>
    internal sealed class Counter
    {
        private long _requests;
        private long _open;
        private long _peak;

        public ProbeCount Read() => new(Interlocked.Read(ref _requests), Interlocked.Read(ref _open), Interlocked.Read(ref _peak));

        public void Enter()
        {
            Interlocked.Increment(ref _requests);
            var open = Interlocked.Increment(ref _open);
            long peak;

            while ((peak = Interlocked.Read(ref _peak)) < open && Interlocked.CompareExchange(ref _peak, open, peak) != peak)
            {
            }
        }

        public void Leave() => Interlocked.Decrement(ref _open);
    }

    private sealed class Counts
    {
        // The Count of a concurrent dictionary would take all its locks.
        private int _names;

        public Counter Total { get; } = new();

        public ConcurrentDictionary<string, Counter> ByName { get; } = new();

        public Counter? Of(string name)
        {
            if (ByName.TryGetValue(name, out var counter))
            {
                return counter;
            }

            if (Volatile.Read(ref _names) >= MaxNames)
            {
                return null;
            }

            var added = new Counter();
            counter = ByName.GetOrAdd(name, added);

            if (ReferenceEquals(counter, added))
            {
                Interlocked.Increment(ref _names);
            }

            return counter;
        }
    }
}

namespace Apc.ControlPlane.Api.Access.Quotas;

/// <summary>The times of the latest failures, by key. Not thread-safe; its owner locks.</summary>
public sealed class FailureWindows(int limit, TimeSpan window, int maxKeys = 10_000)
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    // The key of the newest failure is last; the first is forgotten when there is no room.
    private readonly LinkedList<string> _byAge = new();

    /// <summary>Keys that are remembered.</summary>
    public int Count => _entries.Count;

    /// <summary>Time until the key is below the limit again; zero if it is.</summary>
    public TimeSpan Wait(string key, DateTimeOffset now)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            return TimeSpan.Zero;
        }

        entry.DropBefore(now - window);
        return entry.Times.Count < limit ? TimeSpan.Zero : entry.Times[^limit] + window - now;
    }

    public void Add(string key, DateTimeOffset now)
    {
        if (_entries.TryGetValue(key, out var entry))
        {
            _byAge.Remove(entry.Place);
            entry.DropBefore(now - window);
        }
        else
        {
            while (_entries.Count >= maxKeys)
            {
                Forget(_byAge.First!.Value);
            }

            entry = new Entry(new LinkedListNode<string>(key));
            _entries.Add(key, entry);
        }

        _byAge.AddLast(entry.Place);
        entry.Times.Add(now);
    }

    public void RemoveNewest(string key)
    {
        if (_entries.TryGetValue(key, out var entry) && entry.Times.Count > 1)
        {
            entry.Times.RemoveAt(entry.Times.Count - 1);
        }
        else
        {
            Forget(key);
        }
    }

    private void Forget(string key)
    {
        if (_entries.Remove(key, out var entry))
        {
            _byAge.Remove(entry.Place);
        }
    }

    private sealed class Entry(LinkedListNode<string> place)
    {
        public LinkedListNode<string> Place => place;

        /// <summary>Oldest first; never more than the limit, because further attempts are refused.</summary>
        public List<DateTimeOffset> Times { get; } = [];

        public void DropBefore(DateTimeOffset end) => Times.RemoveAll(t => t <= end);
    }
}

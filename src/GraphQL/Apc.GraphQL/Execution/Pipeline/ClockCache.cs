using System.Collections.Concurrent;

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>
/// A bounded part of the document cache, with the clock algorithm. A hit takes no lock: it marks its entry as used. When space is needed, a
/// hand moves round the entries, clears the mark of used ones and evicts the others. This is close to least recently used, and an entry
/// without a hit is evicted first.
/// </summary>
internal sealed class ClockCache(int maxEntries, long maxBytes)
{
    private readonly ConcurrentDictionary<DocumentKey, Entry> _entries = new(new DocumentKeyComparer());
    private readonly Lock _gate = new();
    private readonly Queue<Entry> _ring = [];
    private long _bytes;

    /// <summary>Current number of entries.</summary>
    public int Count => _entries.Count;

    /// <summary>Current bytes of the entries, as estimated by <see cref="PreparedDocument.Bytes"/>.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Whether adding this document would evict another one.</summary>
    public bool IsFullFor(PreparedDocument prepared) => IsFullFor(prepared.Bytes);

    /// <summary>The document, or null.</summary>
    public PreparedDocument? Find(DocumentBytes document)
    {
        if (!_entries.GetAlternateLookup<DocumentBytes>().TryGetValue(document, out var entry))
        {
            return null;
        }

        // Written only if it changes, so that threads do not invalidate each other's cache line.
        if (!entry.IsUsed)
        {
            entry.IsUsed = true;
        }

        return entry.Document;
    }

    /// <summary>Adds a document, unless it is larger than the whole cache.</summary>
    /// <returns>The document in the cache: another thread's if that was added first.</returns>
    public PreparedDocument Add(DocumentBytes document, PreparedDocument prepared)
    {
        var bytes = document.Bytes.Length + prepared.Bytes;

        if (bytes > maxBytes || maxEntries < 1)
        {
            return prepared;
        }

        var entry = new Entry(new DocumentKey(document), prepared, bytes);

        lock (_gate)
        {
            if (_entries.TryGetValue(entry.Key, out var first))
            {
                return first.Document;
            }

            MakeRoomFor(bytes);
            _entries[entry.Key] = entry;
            _ring.Enqueue(entry);
            _bytes += bytes;
            entry.Growing = grown => Grow(entry, grown);
            prepared.Grown += entry.Growing;
            return prepared;
        }
    }

    private bool IsFullFor(long bytes) => _ring.Count >= maxEntries || Bytes + bytes > maxBytes;

    private void Grow(Entry entry, long bytes)
    {
        lock (_gate)
        {
            // The document may have been evicted while its plan was made.
            if (entry.Growing is null)
            {
                return;
            }

            entry.Bytes += bytes;
            _bytes += bytes;

            while (_ring.Count > 0 && _bytes > maxBytes)
            {
                MoveHand();
            }
        }
    }

    private void MakeRoomFor(long bytes)
    {
        while (_ring.Count > 0 && IsFullFor(bytes))
        {
            MoveHand();
        }
    }

    private void MoveHand()
    {
        var oldest = _ring.Dequeue();

        if (oldest.IsUsed)
        {
            oldest.IsUsed = false;
            _ring.Enqueue(oldest);
            return;
        }

        _entries.TryRemove(oldest.Key, out _);
        _bytes -= oldest.Bytes;
        oldest.Document.Grown -= oldest.Growing;
        oldest.Growing = null;
    }

    private sealed class Entry(DocumentKey key, PreparedDocument document, long bytes)
    {
        private volatile bool _isUsed;

        public DocumentKey Key { get; } = key;

        public PreparedDocument Document { get; } = document;

        public long Bytes { get; set; } = bytes;

        /// <summary>Null after the entry was evicted.</summary>
        public Action<long>? Growing { get; set; }

        public bool IsUsed
        {
            get => _isUsed;
            set => _isUsed = value;
        }
    }
}

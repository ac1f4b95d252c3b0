using System.Numerics;

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>
/// Remembers the hashes of documents that were seen recently. A document that is seen a second time may evict another one from the cache; a
/// document that is seen only once, with an id written into it, may not. If threads note documents at the same moment, one may be lost.
/// </summary>
internal sealed class Sightings(int documents)
{
    private readonly ulong[] _hashes = new ulong[BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(documents, 16, 1 << 16) * 2)];

    /// <summary>Notes a document. True if it was seen before and no other document has overwritten its place since.</summary>
    public bool Note(ulong hash)
    {
        ref var place = ref _hashes[hash & (ulong)(_hashes.Length - 1)];
        var seen = Volatile.Read(ref place) == hash;
        Volatile.Write(ref place, hash);
        return seen;
    }
}

using System.Numerics;

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>
/// Remembers by their hashes which documents were seen lately. A document that comes a second time is worth room that another one has; one that comes once,
/// with an id written into it, is not. Threads that note at the same moment may
/// forget one of the documents.
/// </summary>
internal sealed class Sightings(int documents)
{
    private readonly ulong[] _hashes = new ulong[BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(documents, 16, 1 << 16) * 2)];

    /// <summary>Takes note of a document.</summary>
    /// <returns>True where it was seen before and no other has taken its place since.</returns>
    public bool Note(ulong hash)
    {
        ref var place = ref _hashes[hash & (ulong)(_hashes.Length - 1)];
        var seen = Volatile.Read(ref place) == hash;
        Volatile.Write(ref place, hash);
        return seen;
    }
}

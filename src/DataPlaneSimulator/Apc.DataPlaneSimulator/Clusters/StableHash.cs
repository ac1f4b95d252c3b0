namespace Apc.Simulation.Clusters;

/// <summary>A 64-bit hash of a name that is the same in every process and on every machine.</summary>
internal static class StableHash
{
    /// <summary>FNV-1a over the UTF-16 units, mixed with the seed.</summary>
    public static ulong Of(string name, long seed)
    {
        var hash = 14695981039346656037UL;

        foreach (var unit in name)
        {
            hash = (hash ^ unit) * 1099511628211UL;
        }

        return Mix(hash ^ Mix((ulong)seed));
    }

    /// <summary>Another hash of the same name; hashes for different purposes are independent of each other.</summary>
    public static ulong Derive(ulong hash, uint purpose) => Mix(hash + purpose);

    /// <summary>A number from 0 to below 1.</summary>
    public static double Fraction(ulong hash) => (hash >> 11) * (1.0 / (1UL << 53));

    // The finalizer of SplitMix64: every input bit reaches every output bit.
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15UL;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}

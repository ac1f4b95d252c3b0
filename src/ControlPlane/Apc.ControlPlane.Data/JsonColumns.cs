using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Apc.ControlPlane.Data;

/// <summary>Maps UTF-8 text to a <c>json</c> column, byte for byte.</summary>
internal static class JsonColumns
{
    // Through ReadOnlyMemory, which the provider sends unchanged; it would turn a byte[] into a JSON array of numbers (efcore.pg issue
    // 3698).
    private static readonly ValueConverter Converter
        = new ValueConverter<byte[], ReadOnlyMemory<byte>>(bytes => bytes, memory => ToArray(memory));

    // The arrays are replaced, never written into, so that a snapshot needs no copy.
    private static readonly ValueComparer<byte[]> Comparer = new((a, b) => AreEqual(a, b), bytes => Hash(bytes), bytes => bytes);

    /// <summary>The text is kept exactly, with its order, blanks and form of numbers.</summary>
    public static PropertyBuilder<byte[]?> IsJson(this PropertyBuilder<byte[]?> property)
        => property.HasColumnType("json").HasConversion(Converter, Comparer);

    private static byte[] ToArray(ReadOnlyMemory<byte> memory)
        => MemoryMarshal.TryGetArray(memory, out var segment) && segment.Array!.Length == segment.Count ? segment.Array : memory.ToArray();

    private static bool AreEqual(byte[]? a, byte[]? b)
        => ReferenceEquals(a, b) || (a is not null && b is not null && a.AsSpan().SequenceEqual(b));

    private static int Hash(byte[] bytes)
    {
        var hash = default(HashCode);
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }
}

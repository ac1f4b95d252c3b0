using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Apc.GraphQL.Json;

/// <summary>Texts that JSON writes without escapes, as most are: ASCII without control characters, quotes and backslashes.</summary>
internal static class PlainText
{
    /// <summary>Copies characters as bytes up to the first that is not plain, or to the end, and returns their number.</summary>
    /// <param name="text">The text.</param>
    /// <param name="bytes">At least as long as the text. Bytes after the returned count may be overwritten.</param>
    public static int Narrow(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        var done = 0;

        if (Vector128.IsHardwareAccelerated && text.Length >= Vector128<ushort>.Count)
        {
            var last = text.Length - Vector128<ushort>.Count;

            while (done < last)
            {
                if (!TryNarrow(text, bytes, done))
                {
                    return NarrowSlowly(text, bytes, done);
                }

                done += Vector128<ushort>.Count;
            }

            // The last eight characters may overlap the ones before, so that no remainder is left.
            return TryNarrow(text, bytes, last) ? text.Length : NarrowSlowly(text, bytes, done);
        }

        return NarrowSlowly(text, bytes, done);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryNarrow(ReadOnlySpan<char> text, Span<byte> bytes, int offset)
    {
        var eight = Vector128.LoadUnsafe(ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text)), (nuint)offset);
        var special = Vector128.GreaterThan(eight - Vector128.Create((ushort)' '), Vector128.Create((ushort)('\x7f' - ' ')))
            | Vector128.Equals(eight, Vector128.Create((ushort)'"'))
            | Vector128.Equals(eight, Vector128.Create((ushort)'\\'));

        if (special != Vector128<ushort>.Zero)
        {
            return false;
        }

        Vector128.Narrow(eight, eight).GetLower().StoreUnsafe(ref MemoryMarshal.GetReference(bytes), (nuint)offset);
        return true;
    }

    private static int NarrowSlowly(ReadOnlySpan<char> text, Span<byte> bytes, int done)
    {
        while (done < text.Length && text[done] is >= ' ' and <= '\x7f' and not '"' and not '\\')
        {
            bytes[done] = (byte)text[done];
            done++;
        }

        return done;
    }
}

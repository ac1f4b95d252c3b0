using System.Runtime.CompilerServices;

namespace Apc.GraphQL.Json;

/// <summary>
/// Writes instants as RFC 3339 text with milliseconds. Faster than the framework's formatter, since a list may hold hundreds.
/// </summary>
internal static class InstantText
{
    /// <summary>Length of an instant in bytes.</summary>
    public const int Length = 24;

    /// <summary>Writes <c>2026-01-02T03:04:05.678Z</c>; fractions of a millisecond are cut off.</summary>
    public static void Write(DateTimeOffset value, Span<byte> bytes)
    {
        // One bounds check for all writes below.
        bytes = bytes[..Length];
        var utc = value.UtcDateTime;
        var (year, month, day) = utc;
        TwoDigits(bytes, 0, year / 100);
        TwoDigits(bytes, 2, year % 100);
        bytes[4] = (byte)'-';
        TwoDigits(bytes, 5, month);
        bytes[7] = (byte)'-';
        TwoDigits(bytes, 8, day);
        bytes[10] = (byte)'T';
        var milliseconds = (int)(utc.TimeOfDay.Ticks / TimeSpan.TicksPerMillisecond);
        var seconds = milliseconds / 1000;
        TwoDigits(bytes, 11, seconds / 3600);
        bytes[13] = (byte)':';
        TwoDigits(bytes, 14, seconds / 60 % 60);
        bytes[16] = (byte)':';
        TwoDigits(bytes, 17, seconds % 60);
        bytes[19] = (byte)'.';
        bytes[20] = (byte)('0' + (milliseconds % 1000 / 100));
        TwoDigits(bytes, 21, milliseconds % 100);
        bytes[23] = (byte)'Z';
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TwoDigits(Span<byte> bytes, int offset, int value)
    {
        bytes[offset] = (byte)('0' + (value / 10));
        bytes[offset + 1] = (byte)('0' + (value % 10));
    }
}

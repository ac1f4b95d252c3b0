using System.Buffers;

namespace Apc.ControlPlane.Domain.Access;

/// <summary>Numbers and random texts in digits and letters, which need no quoting and are selected by a double click.</summary>
internal static class Base62
{
    public const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> DigitSet = SearchValues.Create(Digits);

    public static bool IsAll(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(DigitSet);

    /// <summary>Fills <paramref name="destination"/> with the value, most significant digit first, padded with zeros.</summary>
    public static void Write(uint value, Span<char> destination)
    {
        for (var i = destination.Length - 1; i >= 0; i--)
        {
            (value, var digit) = Math.DivRem(value, 62);
            destination[i] = Digits[(int)digit];
        }
    }
}

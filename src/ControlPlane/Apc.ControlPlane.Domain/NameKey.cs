using System.Security.Cryptography;
using System.Text;

namespace Apc.ControlPlane.Domain;

/// <summary>
/// By what names are compared: addresses, user names, labels, roles, groups. Two names that differ in case, in compatibility forms (full width,
/// ligatures, the Kelvin sign) or in how accents are written have one key. Keys are stored and compared as they are, by <c>=</c> and ordinally.
/// </summary>
public static class NameKey
{
    /// <summary>Most UTF-16 units of a key, which an index of PostgreSQL can hold whatever the units are; more than any name may have.</summary>
    public const int MaxLength = 512;

    /// <summary>The key of a name, which is its own key.</summary>
    public static string Of(string text) => Ascii.IsValid(text) ? Shorten(text.ToLowerInvariant()) : Shorten(Fold(text));

    // Equal where the composed forms (NFKC) would be equal, and nobody sees a key, so nothing is composed. By upper case first, because letters
    // such as the final sigma have one upper case in common and several lower ones.
    private static string Fold(string text)
        => CompatibilityDecomposition.Of(CompatibilityDecomposition.Of(text).ToUpperInvariant().ToLowerInvariant());

    // One character may become eighteen. What is cut off is in the digest, and no name is as long as a key that has one.
    private static string Shorten(string key)
    {
        if (key.Length <= MaxLength)
        {
            return key;
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.Unicode.GetBytes(key)));
        var kept = MaxLength - digest.Length - 1;
        return $"{key[..(char.IsHighSurrogate(key[kept - 1]) ? kept - 1 : kept)]}#{digest}";
    }
}

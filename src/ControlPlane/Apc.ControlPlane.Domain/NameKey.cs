using System.Security.Cryptography;
using System.Text;

namespace Apc.ControlPlane.Domain;

/// <summary>
/// The key by which names are compared: addresses, user names, labels, roles, groups. Names that differ only in case, in compatibility
/// forms (full width, ligatures, the Kelvin sign) or in the encoding of accents have the same key. Keys are stored, and compared by
/// <c>=</c> and ordinally.
/// </summary>
public static class NameKey
{
    /// <summary>Most UTF-16 units of a key: they fit into an index of PostgreSQL, and are more than any name may have.</summary>
    public const int MaxLength = 512;

    /// <summary>The key of a name. A key is its own key.</summary>
    public static string Of(string text) => Ascii.IsValid(text) ? Shorten(text.ToLowerInvariant()) : Shorten(Fold(text));

    /// <summary>The key of a name that replaces another. An unchanged name keeps its key, which an upgrade may have made unique.</summary>
    public static string Of(string text, string? replaced, string key) => text == replaced ? key : Of(text);

    // Keys are equal if the composed forms (NFKC) would be equal, and keys are not shown, so nothing is composed. Upper case first, because
    // letters such as the final sigma share one upper case but have several lower cases.
    private static string Fold(string text)
        => CompatibilityDecomposition.Of(CompatibilityDecomposition.Of(text).ToUpperInvariant().ToLowerInvariant());

    // One character may become eighteen. The digest covers what is cut off, and no name is as long as a key with a digest.
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

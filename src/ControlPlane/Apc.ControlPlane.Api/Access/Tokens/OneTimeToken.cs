using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Access.Tokens;

/// <summary>
/// The secret of a link or an invitation: 256 random bits, for one use. Not a record, because a record would print the text.
/// </summary>
public sealed class OneTimeToken
{
    /// <summary>Characters of a token, out of an alphabet of 62.</summary>
    public const int Length = 43;

    private static readonly SearchValues<char> Alphabet = SearchValues.Create(AccessToken.Alphabet);

    private OneTimeToken(string text)
    {
        Text = text;
        Hash = HashOf(text)!;
    }

    /// <summary>The token, for its recipient only.</summary>
    public string Text { get; }

    /// <summary>SHA-256 of the text, which is stored. A plain hash suffices for so many random bits.</summary>
    public byte[] Hash { get; }

    public static OneTimeToken Make() => new(RandomNumberGenerator.GetString(AccessToken.Alphabet, Length));

    /// <summary>The hash of a token in a request; null for a text that cannot be a token.</summary>
    public static byte[]? HashOf(string? text)
        => text?.Trim() is { Length: Length } token && !token.AsSpan().ContainsAnyExcept(Alphabet)
            ? SHA256.HashData(Encoding.ASCII.GetBytes(token))
            : null;
}

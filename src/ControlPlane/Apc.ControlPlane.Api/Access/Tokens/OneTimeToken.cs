using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Access.Tokens;

/// <summary>The secret of a link or an invitation: 256 random bits, good for one use. Not a record: a record would print the text.</summary>
public sealed class OneTimeToken
{
    /// <summary>Characters of a token, each one of 62.</summary>
    public const int Length = 43;

    private static readonly SearchValues<char> Alphabet = SearchValues.Create(AccessToken.Alphabet);

    private OneTimeToken(string text)
    {
        Text = text;
        Hash = HashOf(text)!;
    }

    /// <summary>The token, for whom it is meant and for nothing else.</summary>
    public string Text { get; }

    /// <summary>SHA-256 of the text: what is stored to recognize it. With so many random bits a plain hash protects it.</summary>
    public byte[] Hash { get; }

    /// <summary>A new token.</summary>
    public static OneTimeToken Make() => new(RandomNumberGenerator.GetString(AccessToken.Alphabet, Length));

    /// <summary>The hash of a token as it came; null for a text that no one can have been given.</summary>
    public static byte[]? HashOf(string? text)
    {
        if (text?.Trim() is not { Length: Length } token || token.AsSpan().ContainsAnyExcept(Alphabet))
        {
            return null;
        }

        return SHA256.HashData(Encoding.ASCII.GetBytes(token));
    }
}

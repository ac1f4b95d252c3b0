namespace Apc.GraphQL.Errors;

/// <summary>
/// Keeps messages short that quote what a caller wrote: a name may be as long as the document, a hundred errors may quote it, and rejected documents are kept.
/// </summary>
internal static class LongText
{
    /// <summary>Characters of a message. The reference has no such limit; what people write stays far below it.</summary>
    public const int MaxMessage = 2_000;

    /// <summary>Characters of one quoted value, so that what is said about it is not cut off.</summary>
    public const int MaxQuotation = 800;

    /// <summary>The message, cut off with an ellipsis where it is too long.</summary>
    public static string Shorten(string message) => Shorten(message, MaxMessage);

    /// <summary>The text, cut off with an ellipsis where it is longer than <paramref name="most"/>; never between the halves of a surrogate pair.</summary>
    public static string Shorten(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var kept = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return string.Concat(text.AsSpan(0, kept), "…");
    }
}

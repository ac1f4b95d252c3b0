namespace Apc.GraphQL.Errors;

/// <summary>
/// Shortens messages that quote text of a caller: a name may be as long as the document, a hundred errors may quote it, and rejected
/// documents are cached.
/// </summary>
internal static class LongText
{
    /// <summary>Most characters of a message. The reference implementation has no such limit; usual messages stay far below it.</summary>
    public const int MaxMessage = 2_000;

    /// <summary>Most characters of one quoted value, so that the rest of the message is not cut off.</summary>
    public const int MaxQuotation = 800;

    /// <summary>The message, cut off with an ellipsis if it is longer than <see cref="MaxMessage"/>.</summary>
    public static string Shorten(string message) => Shorten(message, MaxMessage);

    /// <summary>
    /// The text, cut off with an ellipsis if it is longer than <paramref name="most"/>; never between the halves of a surrogate pair.
    /// </summary>
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

using System.Text;

namespace Apc.GraphQL.Errors;

/// <summary>The question at the end of a message about an unknown name, in the reference's words.</summary>
public static class DidYouMean
{
    private const int MaxSuggestions = 5;

    /// <summary>
    /// <c> Did you mean "a", "b", or "c"?</c> with a blank in front; empty without suggestions. Of more than five the first five are named.
    /// </summary>
    /// <param name="suggestions">Names, the most likely first.</param>
    /// <param name="subject">What the names are, such as <c>the enum value</c>; null where that is plain.</param>
    public static string Text(IReadOnlyList<string> suggestions, string? subject = null)
    {
        if (suggestions.Count == 0)
        {
            return "";
        }

        var count = Math.Min(suggestions.Count, MaxSuggestions);
        var text = new StringBuilder(" Did you mean ");

        if (subject is not null)
        {
            text.Append(subject).Append(' ');
        }

        for (var i = 0; i < count; i++)
        {
            if (i > 0)
            {
                text.Append(count == 2 ? " or " : i == count - 1 ? ", or " : ", ");
            }

            text.Append('"').Append(suggestions[i]).Append('"');
        }

        return text.Append('?').ToString();
    }

    /// <summary>The name that resembles most what was written; null where none does.</summary>
    public static string? Nearest(string written, IEnumerable<string> names) => SuggestionList.For(written, names) is [var nearest, ..] ? nearest : null;

    /// <summary>The same question, asked for the names that resemble what was written.</summary>
    public static string Text(string written, IEnumerable<string> names, string? subject = null)
        => Text(SuggestionList.For(written, names), subject);
}

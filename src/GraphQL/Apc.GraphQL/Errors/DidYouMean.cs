using System.Text;

namespace Apc.GraphQL.Errors;

/// <summary>The question at the end of a message about an unknown name, in the words of the reference implementation graphql-js.</summary>
public static class DidYouMean
{
    private const int MaxSuggestions = 5;

    /// <summary>
    /// <c> Did you mean "a", "b", or "c"?</c> with a leading space; empty without suggestions. At most five names are given.
    /// </summary>
    /// <param name="suggestions">Names, the most likely first.</param>
    /// <param name="subject">What the names are, such as <c>the enum value</c>; null if that is plain.</param>
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

    /// <summary>The name that is most similar to what was written; null if none is similar.</summary>
    public static string? Nearest(string written, IEnumerable<string> names)
        => SuggestionList.For(written, names) is [var nearest, ..] ? nearest : null;

    /// <summary>The same question for those of the names that are similar to what was written.</summary>
    public static string Text(string written, IEnumerable<string> names, string? subject = null)
        => Text(SuggestionList.For(written, names), subject);
}

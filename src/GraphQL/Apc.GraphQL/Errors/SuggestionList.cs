namespace Apc.GraphQL.Errors;

/// <summary>Finds the names that a misspelt name may have meant, in the same way as graphql-js.</summary>
internal static class SuggestionList
{
    /// <summary>The names that are similar to what was written, the nearest first; equally near ones in natural order.</summary>
    public static IReadOnlyList<string> For(string written, IEnumerable<string> names)
    {
        var distance = new LexicalDistance(written);
        var threshold = (int)(written.Length * 0.4) + 1;
        List<(string Name, int Distance)>? near = null;

        foreach (var name in names)
        {
            if (distance.To(name, threshold) is { } edits)
            {
                (near ??= []).Add((name, edits));
            }
        }

        return near is null ? [] :
        [
            .. near.OrderBy(n => n.Distance)
                .ThenBy(n => n.Name, NaturalOrder.Instance)
                .Select(n => n.Name)
                .Distinct(StringComparer.Ordinal),
        ];
    }
}

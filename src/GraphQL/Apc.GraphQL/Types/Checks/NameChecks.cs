using System.Buffers;

namespace Apc.GraphQL.Types.Checks;

/// <summary>Names: only allowed characters, not reserved, and unique among their siblings.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Names</remarks>
internal static class NameChecks
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    public static void CheckName(string name, List<string> problems)
    {
        if (name.Length == 0)
        {
            problems.Add("Expected name to be a non-empty string.");
        }
        else if (name.AsSpan(1).ContainsAnyExcept(NameCharacters))
        {
            problems.Add($"Names must only contain [_a-zA-Z0-9] but \"{name}\" does not.");
        }
        else if (!char.IsAsciiLetter(name[0]) && name[0] != '_')
        {
            problems.Add($"Names must start with [_a-zA-Z] but \"{name}\" does not.");
        }
        else if (name.StartsWith("__", StringComparison.Ordinal))
        {
            problems.Add($"Name \"{name}\" must not begin with \"__\", which is reserved by GraphQL introspection.");
        }
    }

    public static void CheckUnique(IEnumerable<string> names, Func<string, string> problem, List<string> problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);

        foreach (var name in names)
        {
            if (!seen.Add(name))
            {
                problems.Add(problem(name));
            }
        }
    }
}

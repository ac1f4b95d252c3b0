using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// Fragment Spreads Must Not Form Cycles: no fragment spreads itself, directly or through other fragments.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Fragment-Spreads-Must-Not-Form-Cycles</remarks>
internal sealed class NoFragmentCyclesRule(ValidationContext context) : ValidationRule
{
    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);

    // The path to the current fragment: the spreads on it, and for each fragment on it the number of spreads before it.
    private readonly List<FragmentSpreadNode> _path = [];
    private readonly Dictionary<string, int> _startOnPath = new(StringComparer.Ordinal);

    public override void Enter(FragmentDefinitionNode fragment)
    {
        if (_visited.Add(fragment.Name.Value))
        {
            Follow(fragment);
        }
    }

    private void Follow(FragmentDefinitionNode fragment)
    {
        ValidationContext.EnsureStack();
        _startOnPath.Add(fragment.Name.Value, _path.Count);

        foreach (var spread in context.Fragments.SpreadsIn(fragment.SelectionSet))
        {
            _path.Add(spread);

            if (_startOnPath.TryGetValue(spread.Name.Value, out var start))
            {
                Report(_path[start..]);
            }
            else if (context.Fragments.Find(spread.Name.Value) is { } next && _visited.Add(next.Name.Value))
            {
                Follow(next);
            }

            _path.RemoveAt(_path.Count - 1);
        }

        _startOnPath.Remove(fragment.Name.Value);
    }

    private void Report(List<FragmentSpreadNode> cycle)
    {
        var names = cycle.SkipLast(1).Select(spread => $"\"{spread.Name.Value}\"");
        var via = cycle.Count > 1 ? $" via {string.Join(", ", names)}" : "";
        context.Report(new GraphQLError($"Cannot spread fragment \"{cycle[^1].Name.Value}\" within itself{via}.") { Nodes = cycle });
    }
}

using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Limits;

/// <summary>Counts how often an operation selects the same root field: once for each response name.</summary>
internal sealed class RootFieldRepeats(DocumentFragments fragments)
{
    private readonly HashSet<(string Field, string Response)> _responses = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _spread = new(StringComparer.Ordinal);
    private readonly Stack<SelectionSetNode> _open = [];

    /// <summary>The count of each root field except <c>__typename</c>.</summary>
    public IReadOnlyDictionary<string, int> In(SelectionSetNode root)
    {
        _open.Push(root);

        while (_open.TryPop(out var selectionSet))
        {
            for (var i = 0; i < selectionSet.Selections.Count; i++)
            {
                Count(selectionSet.Selections[i]);
            }
        }

        return _counts;
    }

    private void Count(SelectionNode selection)
    {
        switch (selection)
        {
            case FieldNode field when field.Name.Value != "__typename" && _responses.Add((field.Name.Value, field.ResponseName)):
                _counts[field.Name.Value] = _counts.GetValueOrDefault(field.Name.Value) + 1;
                break;
            case InlineFragmentNode fragment:
                _open.Push(fragment.SelectionSet);
                break;
            case FragmentSpreadNode spread when _spread.Add(spread.Name.Value) && fragments.Find(spread.Name.Value) is { } fragment:
                _open.Push(fragment.SelectionSet);
                break;
        }
    }
}

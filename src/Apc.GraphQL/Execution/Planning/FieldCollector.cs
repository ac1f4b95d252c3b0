using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Execution.Planning;

/// <summary>
/// CollectFields: which fields a selection set selects of one object type, grouped by response name in the order of their first appearance.
/// A fragment is entered once for each collection, however often it is spread.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Field-Collection</remarks>
internal sealed class FieldCollector(Schema schema, FragmentTable fragments, Conditions conditions, PlanBudget budget)
{
    // Above this many members a dictionary finds a response name faster than looking at each.
    private const int MaxLinear = 16;

    private readonly List<string> _visited = [];

    private ObjectType _type = null!;
    private List<List<FieldNode>> _groups = null!;
    private Dictionary<string, List<FieldNode>>? _byName;

    /// <summary>What the selection sets, which belong to fields that were merged, select together.</summary>
    public List<List<FieldNode>> Collect(ObjectType type, IReadOnlyList<SelectionSetNode> selectionSets)
    {
        _type = type;
        _groups = [];
        _byName = null;
        _visited.Clear();

        foreach (var selectionSet in selectionSets)
        {
            Collect(selectionSet);
        }

        return _groups;
    }

    private void Collect(SelectionSetNode selectionSet)
    {
        foreach (var selection in selectionSet.Selections)
        {
            budget.Spend();

            if (!conditions.Include(selection))
            {
                continue;
            }

            switch (selection)
            {
                case FieldNode field:
                    GroupOf(field.ResponseName).Add(field);
                    break;
                case InlineFragmentNode inline when inline.TypeCondition is null || Applies(inline.TypeCondition):
                    Collect(inline.SelectionSet);
                    break;
                case FragmentSpreadNode spread when !_visited.Contains(spread.Name.Value):
                    _visited.Add(spread.Name.Value);

                    if (fragments.Find(spread.Name.Value) is { } fragment && Applies(fragment.TypeCondition))
                    {
                        Collect(fragment.SelectionSet);
                    }

                    break;
            }
        }
    }

    private bool Applies(NamedTypeNode typeCondition) => schema.FindType(typeCondition.Name.Value) switch
    {
        ObjectType objectType => objectType == _type,
        CompositeType abstractType => schema.IsSubType(abstractType, _type),
        _ => false,
    };

    private List<FieldNode> GroupOf(string responseName)
    {
        if (_byName is null)
        {
            foreach (var group in _groups)
            {
                if (group[0].ResponseName == responseName)
                {
                    return group;
                }
            }
        }
        else if (_byName.TryGetValue(responseName, out var known))
        {
            return known;
        }

        var added = new List<FieldNode>(1);
        _groups.Add(added);

        if (_byName is not null)
        {
            _byName.Add(responseName, added);
        }
        else if (_groups.Count > MaxLinear)
        {
            // The group just added is named by the field that its caller is about to put into it.
            _byName = _groups.SkipLast(1).ToDictionary(g => g[0].ResponseName, StringComparer.Ordinal);
            _byName.Add(responseName, added);
        }

        return added;
    }
}

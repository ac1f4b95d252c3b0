using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Execution.Planning;

/// <summary>
/// CollectFields: the fields that a selection set selects on one object type, grouped by response name in the order of their first
/// appearance. Each collection enters a fragment once, even if it is spread several times.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Field-Collection</remarks>
internal sealed class FieldCollector(Schema schema, FragmentTable fragments, Conditions conditions, PlanBudget budget)
{
    // Above this number of members a dictionary is faster than a linear search.
    private const int MaxLinear = 16;

    private readonly List<string> _visited = [];

    private ObjectType _type = null!;
    private List<FieldGroup> _groups = null!;
    private Dictionary<string, FieldGroup>? _byName;

    /// <summary>The fields of the selection sets of merged fields, grouped together.</summary>
    public List<FieldGroup> Collect(ObjectType type, SelectionSetNode[] selectionSets)
    {
        _type = type;
        _groups = new List<FieldGroup>(selectionSets[0].Selections.Count);
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
        var selections = selectionSet.Selections;
        var count = selections.Count;

        for (var i = 0; i < count; i++)
        {
            var selection = selections[i];
            budget.Spend();

            if (!conditions.Include(selection))
            {
                continue;
            }

            switch (selection.Kind)
            {
                case SyntaxKind.Field:
                    Group((FieldNode)selection);
                    break;
                case SyntaxKind.InlineFragment:
                    Collect((InlineFragmentNode)selection);
                    break;
                case SyntaxKind.FragmentSpread:
                    Collect((FragmentSpreadNode)selection);
                    break;
            }
        }
    }

    private void Collect(InlineFragmentNode inline)
    {
        if (inline.TypeCondition is null || Applies(inline.TypeCondition))
        {
            Collect(inline.SelectionSet);
        }
    }

    private void Collect(FragmentSpreadNode spread)
    {
        var name = spread.Name.Value;

        if (_visited.Contains(name))
        {
            return;
        }

        _visited.Add(name);

        if (fragments.Find(name) is { } fragment && Applies(fragment.TypeCondition))
        {
            Collect(fragment.SelectionSet);
        }
    }

    /// <summary>DoesFragmentTypeApply.</summary>
    private bool Applies(NamedTypeNode typeCondition) => schema.FindType(typeCondition.Name.Value) switch
    {
        ObjectType objectType => objectType == _type,
        CompositeType abstractType => schema.IsSubType(abstractType, _type),
        _ => false,
    };

    private void Group(FieldNode field)
    {
        if (Find(field.ResponseName) is { } group)
        {
            group.Add(field);
            return;
        }

        var added = new FieldGroup(field);
        _groups.Add(added);
        _byName?.Add(added.ResponseName, added);
    }

    private FieldGroup? Find(string responseName)
    {
        if (_groups.Count > MaxLinear)
        {
            _byName ??= _groups.ToDictionary(g => g.ResponseName, StringComparer.Ordinal);
            return _byName.GetValueOrDefault(responseName);
        }

        foreach (var group in _groups)
        {
            if (group.ResponseName == responseName)
            {
                return group;
            }
        }

        return null;
    }
}

using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation.Rules.OverlappingFields;

/// <summary>
/// FieldsInSetCanMerge for groups instead of pairs: all fields of one response name are compared with one of them, and the selections
/// inside them are merged before they are checked. The time is linear in the number of fields that the selection sets have after their
/// fragments are expanded.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#FieldsInSetCanMerge()</remarks>
internal sealed class FieldMerging(ValidationContext context)
{
    /// <summary>Most fields in the work for one document; fragments in fragments multiply them.</summary>
    private const int MaxWork = 250_000;

    // Below this number of names a linear search is faster.
    private const int WorthAnIndex = 16;

    private readonly KnownFieldSets _known = new();
    private readonly HashSet<SelectionSetNode> _reached = [];
    private HashSet<string>? _names;
    private bool _deep;
    private int _work;

    /// <summary>True if no selection of the operations has a conflict.</summary>
    /// <exception cref="ValidationAbortedException">The expanded fragments have too many fields.</exception>
    public bool CanMergeOperations()
    {
        _deep = true;

        foreach (var definition in context.Document.Definitions)
        {
            if (definition is OperationDefinitionNode operation
                && !CanMergeSet(context.Schema.RootType(operation.Operation), operation.SelectionSet))
            {
                StartAgain();
                return false;
            }
        }

        return true;
    }

    /// <summary>True if this selection set of a fragment is part of the operations and <see cref="CanMergeOperations"/> was true.</summary>
    public bool IsReached(SelectionSetNode selectionSet) => _reached.Contains(selectionSet);

    /// <summary>
    /// True if no two fields of the set, including its fragments, are in conflict. False may also mean a conflict in a nested selection
    /// set, which is reported there.
    /// </summary>
    /// <exception cref="ValidationAbortedException">The expanded fragments have too many fields.</exception>
    public bool CanMerge(CompositeType? parentType, SelectionSetNode selectionSet)
    {
        _deep = false;

        if (selectionSet.Selections is [not InlineFragmentNode] || CanMergeSet(parentType, selectionSet))
        {
            return true;
        }

        StartAgain();
        return false;
    }

    private bool CanMergeSet(CompositeType? parentType, SelectionSetNode selectionSet)
    {
        if (_deep && selectionSet.Selections is [FragmentSpreadNode spread] && IsReached(spread))
        {
            return true;
        }

        var fields = new List<MergingField>(selectionSet.Selections.Count);
        var collector = new FieldCollector(context, fields);
        collector.Collect(parentType, selectionSet);
        return CanMergeCollected(collector, fields, mayDiffer: false);
    }

    private bool IsReached(FragmentSpreadNode spread)
        => context.Fragments.Find(spread.Name.Value) is { } fragment && IsReached(fragment.SelectionSet);

    private bool CanMergeInside(List<MergingField> sameName, bool mayDiffer)
    {
        if (sameName.Count(field => field.Node.SelectionSet is not null) < (_deep && !mayDiffer ? 1 : 2))
        {
            return true;
        }

        var inside = new List<MergingField>();
        var collector = new FieldCollector(context, inside);

        foreach (var field in sameName)
        {
            if (field.Node.SelectionSet is { } selectionSet)
            {
                collector.Collect(field.SelectedTypeIn(context.Schema), selectionSet);
            }
        }

        return CanMergeCollected(collector, inside, mayDiffer);
    }

    private bool CanMergeCollected(FieldCollector collector, List<MergingField> fields, bool mayDiffer)
    {
        Spend(fields.Count);

        if (_deep && collector.Fragments is { } fragments)
        {
            _reached.UnionWith(fragments);
        }

        return CanMerge(fields, mayDiffer);
    }

    /// <param name="fields">All fields whose values may be merged into one object.</param>
    /// <param name="mayDiffer">True if they belong to different object types: then only the shapes of their values must be equal.</param>
    private bool CanMerge(List<MergingField> fields, bool mayDiffer)
    {
        ValidationContext.EnsureStack();

        // Without fragments no field belongs to two sets.
        if (fields.Count == 0 || (!context.Fragments.IsEmpty && !_known.TryAdd(fields, mayDiffer)))
        {
            return true;
        }

        return HasRepeatedName(fields)
            ? GroupsOf(fields).TrueForAll(group => CanMergeGroup(group, mayDiffer))
            : !_deep || mayDiffer || fields.TrueForAll(field => field.Node.SelectionSet is not { } selectionSet
                || CanMergeSet(field.SelectedTypeIn(context.Schema), selectionSet));
    }

    private bool CanMergeGroup(List<MergingField> sameName, bool mayDiffer)
    {
        if (!HaveSameShape(sameName))
        {
            return false;
        }

        if (mayDiffer || !HasSeveralObjects(sameName))
        {
            return (mayDiffer || AreSameField(sameName)) && CanMergeInside(sameName, mayDiffer);
        }

        // A field of an interface may be merged with the fields of each object type, but fields of different object types are never merged.
        return CanMergeInside(sameName, mayDiffer: true)
            && sameName.Select(field => field.ParentType).OfType<ObjectType>().Distinct().All(type =>
            {
                var together = sameName.FindAll(field => field.ParentType is not ObjectType || field.ParentType == type);
                return AreSameField(together) && CanMergeInside(together, mayDiffer: false);
            });
    }

    private static bool HaveSameShape(List<MergingField> fields)
    {
        GraphQLType? first = null;

        foreach (var field in fields)
        {
            if (field.Definition?.Type is { } type)
            {
                first ??= type;

                if (ResponseShape.Differs(first, type))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool HasSeveralObjects(List<MergingField> fields)
    {
        var first = fields.Find(field => field.ParentType is ObjectType).ParentType;
        return fields.Exists(field => field.ParentType is ObjectType && field.ParentType != first);
    }

    private static bool AreSameField(List<MergingField> fields)
    {
        if (fields.Count < 2)
        {
            return true;
        }

        var first = fields[0].Node;

        // If an argument is given twice, "same arguments" is not transitive: then the pairs must be compared.
        return fields.TrueForAll(field => field.Node.Name.Value == first.Name.Value
            && SameArguments.AreSame(first.Arguments, field.Node.Arguments)
            && HasDistinctNames(field.Node.Arguments));
    }

    private static bool HasDistinctNames(IReadOnlyList<ArgumentNode> arguments)
        => arguments.Count < 2 || arguments.DistinctBy(a => a.Name.Value).Count() == arguments.Count;

    private static List<List<MergingField>> GroupsOf(List<MergingField> fields)
    {
        var groups = new List<List<MergingField>>();
        var groupOf = new Dictionary<string, List<MergingField>>(StringComparer.Ordinal);

        foreach (var field in fields)
        {
            if (!groupOf.TryGetValue(field.Node.ResponseName, out var group))
            {
                groupOf.Add(field.Node.ResponseName, group = []);
                groups.Add(group);
            }

            group.Add(field);
        }

        return groups;
    }

    private bool HasRepeatedName(List<MergingField> fields)
    {
        if (fields.Count >= WorthAnIndex)
        {
            var names = _names ??= new(StringComparer.Ordinal);
            names.Clear();
            return !fields.TrueForAll(field => names.Add(field.Node.ResponseName));
        }

        for (var i = 1; i < fields.Count; i++)
        {
            var name = fields[i].Node.ResponseName;

            for (var j = 0; j < i; j++)
            {
                if (fields[j].Node.ResponseName == name)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>
    /// Drops all results: sets were accepted on the assumption that the set around them has no conflict, which was wrong.
    /// </summary>
    private void StartAgain()
    {
        _known.Clear();
        _reached.Clear();
    }

    private void Spend(int fields)
    {
        _work += fields;

        if (_work > MaxWork)
        {
            throw new ValidationAbortedException(ValidationAbortedException.TooMuchWork);
        }
    }
}

using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation.Rules.OverlappingFields;

/// <summary>
/// FieldsInSetCanMerge, decided for groups instead of pairs: all fields of one response name are compared with one of them, and the selections
/// inside them are merged before they are looked at. No pair is compared twice, so the time is linear in the fields that the selection sets have
/// after their fragments are put in.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#FieldsInSetCanMerge()</remarks>
internal sealed class FieldMerging(ValidationContext context)
{
    /// <summary>Fields that may be looked at for one document; fragments in fragments can make many more than the text shows.</summary>
    private const int MaxWork = 250_000;

    // Fewer names are compared faster one by one.
    private const int WorthAnIndex = 16;

    private readonly KnownFieldSets _known = new();
    private readonly HashSet<SelectionSetNode> _reached = [];
    private HashSet<string>? _names;
    private bool _deep;
    private int _work;

    /// <summary>True where there is no conflict anywhere in what the operations select.</summary>
    /// <exception cref="ValidationAbortedException">The fragments multiply beyond reason.</exception>
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

    /// <summary>True where the operations were found to be free of conflicts and this, a fragment's, is part of them.</summary>
    public bool IsReached(SelectionSetNode selectionSet) => _reached.Contains(selectionSet);

    /// <summary>
    /// True where no two fields of the set, fragments included, can be in conflict. False may also mean a conflict further inside, which belongs to a
    /// selection set of its own.
    /// </summary>
    /// <exception cref="ValidationAbortedException">The fragments multiply beyond reason.</exception>
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

    /// <param name="fields">All fields that may answer in one place.</param>
    /// <param name="mayDiffer">True where they belong to objects of different types: then only the shape of the answers has to agree.</param>
    private bool CanMerge(List<MergingField> fields, bool mayDiffer)
    {
        ValidationContext.EnsureStack();

        // Without fragments no field is met in two sets.
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

        // A field of an interface may be met together with the fields of each object, these never with one another.
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

        // With an argument named twice "the same" is not transitive: that takes the pairs.
        return fields.TrueForAll(field => field.Node.Name.Value == first.Name.Value
            && SameArguments.AreSame(first.Arguments, field.Node.Arguments)
            && (field.Node.Arguments.Count < 2 || field.Node.Arguments.DistinctBy(a => a.Name.Value).Count() == field.Node.Arguments.Count));
    }

    /// <summary>The fields by response name.</summary>
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

    /// <summary>Sets found good while a set around them was assumed to be good prove nothing any more.</summary>
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

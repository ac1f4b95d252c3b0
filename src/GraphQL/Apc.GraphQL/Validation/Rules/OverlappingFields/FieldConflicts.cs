using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation.Rules.OverlappingFields;

/// <summary>
/// Compares fields pair by pair and finds the conflicts that graphql-js reports, in its order. The time is quadratic in the number of
/// fields. Therefore it is used only for sets that have a conflict, and stops after a bounded number of steps.
/// </summary>
internal sealed class FieldConflicts(ValidationContext context)
{
    private const int MaxWork = 200_000;

    private readonly Dictionary<(CompositeType? ParentType, SelectionSetNode SelectionSet), FieldSet> _sets = [];

    // Pairs of fragments that have been compared. The value is true if only their shapes were compared.
    private readonly Dictionary<(string, string), bool> _comparedFragments = [];
    private int _work;

    /// <summary>All conflicts between fields of the set including its fragments.</summary>
    /// <exception cref="ValidationAbortedException">There are too many pairs.</exception>
    public List<FieldConflict> Within(CompositeType? parentType, SelectionSetNode selectionSet)
    {
        var conflicts = new List<FieldConflict>();
        var set = Collect(parentType, selectionSet);

        foreach (var (responseName, fields) in set.Fields)
        {
            for (var i = 0; i < fields.Count; i++)
            {
                for (var j = i + 1; j < fields.Count; j++)
                {
                    Compare(responseName, fields[i], fields[j], mayDiffer: false, conflicts);
                }
            }
        }

        for (var i = 0; i < set.Fragments.Count; i++)
        {
            Compare(set, set.Fragments[i], mayDiffer: false, conflicts);

            for (var j = i + 1; j < set.Fragments.Count; j++)
            {
                Compare(set.Fragments[i], set.Fragments[j], mayDiffer: false, conflicts);
            }
        }

        return conflicts;
    }

    private void Compare(string responseName, MergingField first, MergingField second, bool mayDiffer, List<FieldConflict> conflicts)
    {
        Spend(2);
        mayDiffer |= first.ParentType is ObjectType && second.ParentType is ObjectType && first.ParentType != second.ParentType;

        if (ReasonFor(first, second, mayDiffer) is { } reason)
        {
            conflicts.Add(new(responseName, reason, [first.Node], [second.Node]));
            return;
        }

        if (first.Node.SelectionSet is { } selectionSet && second.Node.SelectionSet is { } otherSelectionSet)
        {
            var inside = new List<FieldConflict>();
            CompareAll(
                Collect(SelectedType(first), selectionSet),
                Collect(SelectedType(second), otherSelectionSet),
                mayDiffer,
                inside);

            if (inside.Count > 0)
            {
                conflicts.Add(FieldConflict.Around(responseName, first.Node, second.Node, inside));
            }
        }
    }

    private string? ReasonFor(MergingField first, MergingField second, bool mayDiffer)
    {
        if (!mayDiffer)
        {
            var (name, other) = (first.Node.Name.Value, second.Node.Name.Value);

            if (name != other)
            {
                return $"\"{Abbreviation.Of(name)}\" and \"{Abbreviation.Of(other)}\" are different fields";
            }

            Spend(first.Node.Arguments.Count);

            if (!SameArguments.AreSame(first.Node.Arguments, second.Node.Arguments))
            {
                return "they have differing arguments";
            }

            if (first.ParentType == second.ParentType)
            {
                return null;
            }
        }

        return first.Definition?.Type is { } type && second.Definition?.Type is { } otherType && ResponseShape.Differs(type, otherType)
            ? $"they return conflicting types \"{type}\" and \"{otherType}\""
            : null;
    }

    /// <summary>Compares two sets including all their fragments.</summary>
    private void CompareAll(FieldSet first, FieldSet second, bool mayDiffer, List<FieldConflict> conflicts)
    {
        ValidationContext.EnsureStack();
        Compare(first, second, mayDiffer, conflicts);

        foreach (var fragment in second.Fragments)
        {
            Compare(first, fragment, mayDiffer, conflicts);
        }

        foreach (var fragment in first.Fragments)
        {
            Compare(second, fragment, mayDiffer, conflicts);
        }

        foreach (var fragment in first.Fragments)
        {
            foreach (var otherFragment in second.Fragments)
            {
                Compare(fragment, otherFragment, mayDiffer, conflicts);
            }
        }
    }

    /// <summary>Compares the fields of two sets without fragments.</summary>
    private void Compare(FieldSet first, FieldSet second, bool mayDiffer, List<FieldConflict> conflicts)
    {
        foreach (var (responseName, fields) in first.Fields)
        {
            Spend(1);

            if (!second.Fields.TryGetValue(responseName, out var others))
            {
                continue;
            }

            foreach (var field in fields)
            {
                foreach (var other in others)
                {
                    Compare(responseName, field, other, mayDiffer, conflicts);
                }
            }
        }
    }

    /// <summary>Compares the fields of a set with those of a fragment and of the fragments that it spreads.</summary>
    private void Compare(FieldSet set, string fragmentName, bool mayDiffer, List<FieldConflict> conflicts)
    {
        ValidationContext.EnsureStack();
        Spend(1);

        if (set.Fields.Count == 0 || (set.ComparedFragments.TryGetValue(fragmentName, out var onlyShapes) && (!onlyShapes || mayDiffer)))
        {
            return;
        }

        set.ComparedFragments[fragmentName] = mayDiffer;

        if (Collect(fragmentName) is not { } fragment || fragment == set)
        {
            return;
        }

        Compare(set, fragment, mayDiffer, conflicts);

        foreach (var inner in fragment.Fragments)
        {
            Compare(set, inner, mayDiffer, conflicts);
        }
    }

    /// <summary>Compares two fragments including the fragments that they spread.</summary>
    private void Compare(string first, string second, bool mayDiffer, List<FieldConflict> conflicts)
    {
        ValidationContext.EnsureStack();
        Spend(2);
        var pair = string.CompareOrdinal(first, second) < 0 ? (first, second) : (second, first);

        if (first == second || (_comparedFragments.TryGetValue(pair, out var onlyShapes) && (!onlyShapes || mayDiffer)))
        {
            return;
        }

        _comparedFragments[pair] = mayDiffer;

        if (Collect(first) is not { } firstSet || Collect(second) is not { } secondSet)
        {
            return;
        }

        Compare(firstSet, secondSet, mayDiffer, conflicts);

        foreach (var inner in secondSet.Fragments)
        {
            Compare(first, inner, mayDiffer, conflicts);
        }

        foreach (var inner in firstSet.Fragments)
        {
            Compare(inner, second, mayDiffer, conflicts);
        }
    }

    private FieldSet? Collect(string fragmentName)
        => context.Fragments.Find(fragmentName) is { } fragment ? Collect(TypeOf(fragment.TypeCondition), fragment.SelectionSet) : null;

    private FieldSet Collect(CompositeType? parentType, SelectionSetNode selectionSet)
    {
        if (!_sets.TryGetValue((parentType, selectionSet), out var set))
        {
            _sets.Add((parentType, selectionSet), set = new FieldSet());
            AddTo(set, parentType, selectionSet);
        }

        return set;
    }

    private void AddTo(FieldSet set, CompositeType? parentType, SelectionSetNode selectionSet)
    {
        foreach (var selection in selectionSet.Selections)
        {
            switch (selection)
            {
                case FieldNode field:
                    set.Add(new MergingField(field, parentType));
                    break;
                case FragmentSpreadNode spread:
                    set.AddFragment(spread.Name.Value);
                    break;
                case InlineFragmentNode fragment:
                    AddTo(set, fragment.TypeCondition is null ? parentType : TypeOf(fragment.TypeCondition), fragment.SelectionSet);
                    break;
            }
        }
    }

    private static CompositeType? SelectedType(MergingField field) => field.Definition?.Type.Named as CompositeType;

    private CompositeType? TypeOf(NamedTypeNode condition) => context.Schema.FindType(condition.Name.Value) as CompositeType;

    private void Spend(int steps)
    {
        _work += steps;

        if (_work > MaxWork)
        {
            throw new ValidationAbortedException(ValidationAbortedException.TooMuchWork);
        }
    }
}

using System.Runtime.CompilerServices;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation.Rules.OverlappingFields;

/// <summary>
/// FieldsInSetCanMerge, decided for groups instead of pairs: all fields of one response name are compared with one of them, and the selections
/// inside them are merged before they are looked at. No pair is compared twice, so the time is linear in the fields that the document has after
/// its fragments are put in.
/// </summary>
/// <remarks>
/// https://spec.graphql.org/September2025/#FieldsInSetCanMerge(). "No" may also mean a conflict further inside, which belongs to a selection set
/// of its own.
/// </remarks>
internal sealed class FieldMerging(ValidationContext context)
{
    /// <summary>Fields that may be looked at for one document; deeply nested fragments can make more than the text shows.</summary>
    private const int MaxWork = 500_000;

    // Fewer names are compared faster one by one.
    private const int WorthAnIndex = 16;

    private readonly List<MergingField> _fields = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<FieldSet> _known = [];
    private int _work;

    /// <summary>True where no two fields of the set, fragments included, can be in conflict.</summary>
    /// <exception cref="ValidationAbortedException">The fragments multiply beyond reason.</exception>
    public bool CanMerge(CompositeType? parentType, SelectionSetNode selectionSet)
    {
        if (selectionSet.Selections is [not InlineFragmentNode])
        {
            return true;
        }

        _fields.Clear();
        new Collector(context, _fields).Collect(parentType, selectionSet);
        Spend(_fields.Count);

        if (!HasRepeatedName(_fields) || CanMerge([.. _fields], mayDiffer: false))
        {
            return true;
        }

        // Sets found good while a set around them was assumed to be good prove nothing any more.
        _known.Clear();
        return false;
    }

    /// <param name="fields">All fields that may answer in one place.</param>
    /// <param name="mayDiffer">True where they belong to objects of different types: then only the shape of the answers has to agree.</param>
    private bool CanMerge(MergingField[] fields, bool mayDiffer)
    {
        ValidationContext.EnsureStack();

        // A set that is met again, also inside itself by a cycle of fragments, has been judged or is about to be.
        return !_known.Add(new FieldSet(fields, mayDiffer))
            || fields.GroupBy(field => field.Node.ResponseName).All(group => CanMergeGroup([.. group], mayDiffer));
    }

    private bool CanMergeGroup(MergingField[] sameName, bool mayDiffer)
    {
        if (sameName.Length < 2)
        {
            return true;
        }

        if (!HaveSameShape(sameName))
        {
            return false;
        }

        var objects = sameName.Select(field => field.ParentType).OfType<ObjectType>().Distinct().ToList();

        if (mayDiffer || objects.Count < 2)
        {
            return (mayDiffer || AreSameField(sameName)) && CanMergeInside(sameName, mayDiffer);
        }

        // A field of an interface may be met together with the fields of each object, these never with one another.
        return CanMergeInside(sameName, mayDiffer: true) && objects.All(type =>
        {
            var together = Array.FindAll(sameName, field => field.ParentType is not ObjectType || field.ParentType == type);
            return AreSameField(together) && CanMergeInside(together, mayDiffer: false);
        });
    }

    private bool CanMergeInside(MergingField[] fields, bool mayDiffer)
    {
        if (fields.Count(field => field.Node.SelectionSet is not null) < 2)
        {
            return true;
        }

        var inside = new List<MergingField>();
        var collector = new Collector(context, inside);

        foreach (var field in fields)
        {
            if (field.Node.SelectionSet is { } selectionSet)
            {
                collector.Collect(field.Definition?.Type.Named as CompositeType, selectionSet);
            }
        }

        Spend(inside.Count);
        return CanMerge([.. inside], mayDiffer);
    }

    private static bool HaveSameShape(MergingField[] fields)
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

    private static bool AreSameField(MergingField[] fields)
    {
        if (fields.Length < 2)
        {
            return true;
        }

        var first = fields[0].Node;

        // With an argument named twice "the same" is not transitive: that takes the pairs.
        return fields.All(field => field.Node.Name.Value == first.Name.Value
            && SameArguments.AreSame(first.Arguments, field.Node.Arguments)
            && (field.Node.Arguments.Count < 2 || field.Node.Arguments.DistinctBy(a => a.Name.Value).Count() == field.Node.Arguments.Count));
    }

    private bool HasRepeatedName(List<MergingField> fields)
    {
        if (fields.Count >= WorthAnIndex)
        {
            _names.Clear();
            return !fields.TrueForAll(field => _names.Add(field.Node.ResponseName));
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

    private void Spend(int fields)
    {
        _work += fields;

        if (_work > MaxWork)
        {
            throw new ValidationAbortedException(ValidationAbortedException.TooMuchWork);
        }
    }

    private readonly record struct MergingField(FieldNode Node, CompositeType? ParentType)
    {
        public FieldDefinition? Definition => ParentType.FindOwnField(Node.Name.Value);
    }

    /// <summary>Gathers the fields of selection sets that answer in one place; a fragment that several of them spread is taken once.</summary>
    private struct Collector(ValidationContext context, List<MergingField> fields)
    {
        private HashSet<string>? _spread;

        public void Collect(CompositeType? parentType, SelectionSetNode selectionSet)
        {
            for (var i = 0; i < selectionSet.Selections.Count; i++)
            {
                switch (selectionSet.Selections[i])
                {
                    case FieldNode field:
                        fields.Add(new(field, parentType));
                        break;
                    case InlineFragmentNode fragment:
                        Collect(fragment.TypeCondition is null ? parentType : TypeOf(fragment.TypeCondition), fragment.SelectionSet);
                        break;
                    case FragmentSpreadNode spread:
                        Collect(spread);
                        break;
                }
            }
        }

        private void Collect(FragmentSpreadNode spread)
        {
            _spread ??= new(StringComparer.Ordinal);

            if (_spread.Add(spread.Name.Value) && context.Fragments.Find(spread.Name.Value) is { } fragment)
            {
                ValidationContext.EnsureStack();
                Collect(TypeOf(fragment.TypeCondition), fragment.SelectionSet);
            }
        }

        private readonly CompositeType? TypeOf(NamedTypeNode condition) => context.Schema.FindType(condition.Name.Value) as CompositeType;
    }

    /// <summary>A set of fields by identity; the same fragments give the same set wherever they are spread.</summary>
    private readonly struct FieldSet : IEquatable<FieldSet>
    {
        private readonly MergingField[] _fields;
        private readonly bool _mayDiffer;
        private readonly int _hash;

        public FieldSet(MergingField[] fields, bool mayDiffer)
        {
            _fields = fields;
            _mayDiffer = mayDiffer;
            var hash = new HashCode();
            hash.Add(mayDiffer);

            foreach (var field in fields)
            {
                hash.Add(RuntimeHelpers.GetHashCode(field.Node));
            }

            _hash = hash.ToHashCode();
        }

        public bool Equals(FieldSet other)
            => _hash == other._hash && _mayDiffer == other._mayDiffer && _fields.AsSpan().SequenceEqual(other._fields);

        public override bool Equals(object? obj) => obj is FieldSet other && Equals(other);

        public override int GetHashCode() => _hash;
    }
}

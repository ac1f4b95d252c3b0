using System.Runtime.CompilerServices;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Rules.OverlappingFields;

/// <summary>Remembers sets of fields that have been judged or are being judged: fragments bring the same fields to many places.</summary>
internal sealed class KnownFieldSets
{
    private readonly HashSet<FieldSet> _sets = [];

    // For a field the last set it was in: what lies wholly in one judged set needs no judgement of its own.
    private readonly Dictionary<FieldNode, int> _lastSetOf = [];

    /// <summary>False where the set, or a set that contains it, has been judged as strictly before. To be met again while it is being judged takes a
    /// cycle of fragments, which another rule refuses.</summary>
    public bool TryAdd(List<MergingField> fields, bool mayDiffer)
    {
        if (LieInOneSet(fields) || !_sets.Add(new FieldSet([.. fields.Select(field => field.Node)], mayDiffer)))
        {
            return false;
        }

        if (!mayDiffer)
        {
            foreach (var field in fields)
            {
                _lastSetOf[field.Node] = _sets.Count;
            }
        }

        return true;
    }

    public void Clear()
    {
        _sets.Clear();
        _lastSetOf.Clear();
    }

    private bool LieInOneSet(List<MergingField> fields)
    {
        if (!_lastSetOf.TryGetValue(fields[0].Node, out var set))
        {
            return false;
        }

        foreach (var field in fields)
        {
            if (!_lastSetOf.TryGetValue(field.Node, out var last) || last != set)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Fields by identity, in the order in which they were met.</summary>
    private readonly struct FieldSet : IEquatable<FieldSet>
    {
        private readonly FieldNode[] _fields;
        private readonly bool _mayDiffer;
        private readonly int _hash;

        public FieldSet(FieldNode[] fields, bool mayDiffer)
        {
            _fields = fields;
            _mayDiffer = mayDiffer;
            var hash = new HashCode();
            hash.Add(mayDiffer);

            foreach (var field in fields)
            {
                hash.Add(RuntimeHelpers.GetHashCode(field));
            }

            _hash = hash.ToHashCode();
        }

        public bool Equals(FieldSet other)
            => _hash == other._hash && _mayDiffer == other._mayDiffer && _fields.AsSpan().SequenceEqual(other._fields);

        public override bool Equals(object? obj) => obj is FieldSet other && Equals(other);

        public override int GetHashCode() => _hash;
    }
}

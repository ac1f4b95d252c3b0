using System.Runtime.CompilerServices;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Rules.OverlappingFields;

/// <summary>Remembers sets of fields that have been or are being checked: fragments bring the same fields to many places.</summary>
internal sealed class KnownFieldSets
{
    private readonly HashSet<FieldSet> _sets = [];

    // The last set of each field. A set that is a subset of a checked set needs no check.
    private readonly Dictionary<FieldNode, int> _lastSetOf = [];

    /// <summary>
    /// False if the set, or a set that contains it, has been checked at least as strictly before. A set is met during its own check only in
    /// a cycle of fragments, which another rule refuses.
    /// </summary>
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

    /// <summary>A list of fields, compared by identity.</summary>
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

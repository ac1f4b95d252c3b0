using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Execution.Planning;

/// <summary>The selection as resolvers see it, with one plan for each type that the value may have.</summary>
internal sealed class FieldSelection(IReadOnlyList<SelectionPlan> plans) : Selection
{
    // A resolver derives one or two values. Further ones are computed at each call, so that memory stays bounded.
    private const int MaxDerived = 8;

    public static readonly FieldSelection Empty = new([]);

    // The arrays are replaced, never changed: they are read without a lock.
    private (Delegate Compute, object Value)[] _derived = [];
    private (string Name, FieldSelection? Selection)[] _below = [];

    private IReadOnlyList<SelectionPlan> Plans { get; } = plans;

    public override bool Wants(string fieldName)
    {
        foreach (var plan in Plans)
        {
            foreach (var field in plan.Fields)
            {
                if (IsNamed(field, fieldName))
                {
                    return true;
                }
            }
        }

        return false;
    }

    public override Selection? Of(string fieldName)
    {
        foreach (var (name, selection) in Volatile.Read(ref _below))
        {
            if (name.Equals(fieldName, StringComparison.OrdinalIgnoreCase))
            {
                return selection;
            }
        }

        // Only selected names are kept: the schema bounds their number.
        return Wants(fieldName) ? Keep(fieldName, FindBelow(fieldName)) : null;
    }

    public override T Derive<T>(Func<Selection, T> compute)
    {
        foreach (var (known, value) in Volatile.Read(ref _derived))
        {
            if (known == (Delegate)compute)
            {
                return (T)value;
            }
        }

        return Keep(compute, compute(this));
    }

    private static bool IsNamed(FieldPlan field, string name)
        => string.Equals(field.Template.Definition.Name, name, StringComparison.OrdinalIgnoreCase);

    private FieldSelection? FindBelow(string fieldName)
    {
        var below = Plans.SelectMany(p => p.Fields).Where(f => IsNamed(f, fieldName)).Select(f => f.Selection).Distinct().ToList();

        return below switch
        {
            [{ Plans.Count: > 0 } only] => only,
            _ => below.SelectMany(s => s.Plans).Distinct().ToList() is { Count: > 0 } plans ? new FieldSelection(plans) : null,
        };
    }

    private FieldSelection? Keep(string fieldName, FieldSelection? selection)
    {
        lock (Plans)
        {
            foreach (var (name, known) in _below)
            {
                if (name.Equals(fieldName, StringComparison.OrdinalIgnoreCase))
                {
                    return known;
                }
            }

            Volatile.Write(ref _below, [.. _below, (fieldName, selection)]);
            return selection;
        }
    }

    private T Keep<T>(Func<Selection, T> compute, T value)
        where T : class
    {
        lock (Plans)
        {
            if (_derived.Length < MaxDerived)
            {
                Volatile.Write(ref _derived, [.. _derived, (compute, value)]);
            }

            return value;
        }
    }
}

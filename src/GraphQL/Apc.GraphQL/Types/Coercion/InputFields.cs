using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Types.Coercion;

/// <summary>Collects the coerced fields of one input object in the order of definition.</summary>
internal sealed class InputFields(InputObjectType type)
{
    private readonly List<(InputValueDefinition Field, object? Value)> _given = [];

    public int Count => _given.Count;

    public (InputValueDefinition Field, object? Value)? First => _given.Count > 0 ? _given[0] : null;

    public void Add(InputValueDefinition field, object? value) => _given.Add((field, value));

    public bool TryAddDefault(InputValueDefinition field)
    {
        if (!field.TryGetDefault(out var value))
        {
            return false;
        }

        Add(field, value);
        return true;
    }

    /// <summary>The record of the fields, or a dictionary of those with a value if the type has no record.</summary>
    /// <exception cref="CoercionException">A binding refuses its value.</exception>
    public object Complete()
    {
        if (type.Create is not { } create)
        {
            return new Dictionary<string, object?>(
                _given.Select(g => KeyValuePair.Create(g.Field.Name, g.Value)), StringComparer.Ordinal);
        }

        var values = new object?[type.Fields.Count];
        var next = 0;
        var position = 0;

        foreach (var field in type.Fields.Values)
        {
            var value = next < _given.Count && _given[next].Field == field ? _given[next++].Value : Absent.Value;
            values[position++] = field.Bind is { } bind ? bind(value) : value;
        }

        return create(values);
    }
}
